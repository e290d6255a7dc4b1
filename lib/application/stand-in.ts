import type { Construct } from 'constructs';
import { ProblemLog, type Problem } from '../foundation';
import { admit } from './admit';
import { Application } from './application';
import { STAND_IN } from './stand-in-path';

/**
 * Takes the place of the application that a workload or backing service has not, so that its constructor need not throw: it reports them,
 * and nothing of it is rendered.
 */
class StandIn extends Application {
  public override readonly isStandIn = true;

  public constructor(scope: Construct) {
    super(scope, STAND_IN, { owner: 'nobody' });
  }

  public override problems(): readonly Problem[] {
    const above = this.node.path.slice(0, -STAND_IN.length);
    return this.parts().flatMap(({ construct, source }) => {
      // What stands inside another one moves with it.
      if (construct.node.scope !== this) return [];
      const log = new ProblemLog(`${above}${construct.node.id}`, source);
      log.error(
        'ApplicationMissing',
        'it stands in no Application',
        'Give an Application as its scope',
      );
      return log.problems;
    });
  }
}

/** Where a workload or backing service can be placed: in its scope, or in a stand-in where that is in no application. */
export function inApplication(scope: Construct, id: unknown): [scope: Construct, id: string] {
  const home = Application.tryOf(scope) ? scope : standIn(scope);
  return [home, admit(home, id)];
}

const standIn = (scope: Construct): Application =>
  scope.node.children.filter(Application.isApplication).find(({ isStandIn }) => isStandIn) ??
  new StandIn(scope);
