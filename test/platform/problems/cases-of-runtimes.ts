import { perEnvironment, secret } from '../../../lib';
import { values, web, worker, type Cases } from './making';

/** What can be wrong with `runtime`. */
export const casesOfRuntimes: Cases = {
  EnvValueInvalid: [
    [
      web({ runtime: 'jvm', env: { JDK_JAVA_OPTIONS: secret('agent') } }),
      "EnvValueInvalid at test/orders: env.JDK_JAVA_OPTIONS is the secret agent, and the options of its runtime stand in the same variable. Give it to a variable of its own, and write JDK_JAVA_OPTIONS: '$(THAT_VARIABLE)' after it.",
    ],
    [
      worker({
        sidecars: {
          proxy: {
            image: 'x/y:1',
            runtime: 'node',
            env: { NODE_OPTIONS: perEnvironment(values({ dev: '--inspect', prod: '' })) },
          },
        },
      }),
      "EnvValueInvalid at test/w: sidecars.proxy.env.NODE_OPTIONS is perEnvironment(…), and the options of its runtime stand in the same variable. Give it to a variable of its own, and write NODE_OPTIONS: '$(THAT_VARIABLE)' after it.",
    ],
  ],
  PropInvalid: [
    [
      web({ runtime: 'java' }),
      "PropInvalid at test/orders: runtime is 'java'. Give one of 'dotnet', 'go', 'jvm', 'node', 'python'.",
    ],
    [
      worker({ init: { warm: { image: 'x/y:1', runtime: ['go'] } } }),
      "PropInvalid at test/w: init.warm.runtime is [ 'go' ]. Give one of 'dotnet', 'go', 'jvm', 'node', 'python'.",
    ],
  ],
};
