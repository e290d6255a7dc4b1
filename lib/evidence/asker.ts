import type { Answering, PrometheusClient, Range, Series } from '../prometheus';
import { resolveAsked, stepOf, type Asked, type ResolvedAsked, type Span } from './asked';

/** What of a client is needed: gaps name the server that has them. */
export type AddressedServer = Answering & Pick<PrometheusClient, 'address'>;

/** How something is looked at. */
export interface Look {
  /** Whether changes before the begin count. @default false */
  readonly isLeading?: boolean;
  /** The most points of a series. @default 10,000 */
  readonly most?: number;
}

/** Asks a server about one time. */
export class Asker {
  public readonly asked: ResolvedAsked;

  public constructor(
    public readonly client: AddressedServer,
    asked: Asked,
  ) {
    this.asked = resolveAsked(asked);
  }

  /** The points that are looked at: the last one is the end. */
  public range({ isLeading = false, most }: Look = {}): Range {
    const { span, leadSeconds, pace } = this.asked;
    const whole: Span = { start: span.start - (isLeading ? leadSeconds : 0), end: span.end };
    const step = stepOf(whole, pace, most);
    // Counted from the end, so that what began just before it is seen; rounded, since steps of a rehearsal are no whole numbers.
    const steps = Math.ceil(Number(((whole.end - whole.start) / step).toFixed(6)));
    return { start: whole.end - steps * step, end: whole.end, step };
  }

  /** The values over the time. @throws {PrometheusError} */
  public over(query: string, look?: Look): Promise<readonly Series[]> {
    return this.client.queryRange(query, this.range(look));
  }

  /** The values at its end, or another moment. @throws {PrometheusError} */
  public at(query: string, moment = this.asked.span.end): Promise<readonly Series[]> {
    return this.client.query(query, moment);
  }
}
