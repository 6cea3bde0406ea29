// How often a server that ends by itself is started again.

const TIMES = 4;
const WITHIN_MS = 3 * 60_000;

/** A server that ends often is broken: it is left alone, and the user told. */
export class RestartBudget {
  private ends: number[] = [];

  /** Counts an end; true where another start is in order. */
  spend(now: number): boolean {
    this.ends = this.ends.filter((end) => now - end < WITHIN_MS);
    this.ends.push(now);
    return this.ends.length <= TIMES;
  }

  /** The user asked for a start: what was before does not count. */
  renew(): void {
    this.ends = [];
  }
}
