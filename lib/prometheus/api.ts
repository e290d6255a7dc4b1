/** Whose API is asked: its words in texts about a wrong address. */
export interface Api {
  readonly name: string;
  readonly example: string;
  /** The part of the path before which the address ends. */
  readonly upTo: string;
  /** Where others have it. */
  readonly places: string;
}
