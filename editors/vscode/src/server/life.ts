// One thing at a time: started when first asked for, ended, and the next not started before the last has ended.

export class Life<T> {
  private current: Promise<T | undefined> | undefined;
  private ended: Promise<void> = Promise.resolve();
  private over = false;

  /** How it is started, which may fail, and how it is ended. */
  constructor(
    private readonly start: () => Promise<T | undefined>,
    private readonly finish: (thing: T) => Promise<void>,
  ) {}

  /** The thing, started if there is none. Who asks while the last is being ended gets the next. */
  get(): Promise<T | undefined> {
    if (this.over) {
      return Promise.resolve(undefined);
    }
    this.current ??= this.ended.then(() => this.start());
    return this.current;
  }

  /** Ends the thing; from now on nobody gets it. */
  end(): Promise<void> {
    const last = this.current;
    this.current = undefined;
    this.ended = this.ended.then(async () => {
      const thing = await last;
      if (thing !== undefined) {
        await this.finish(thing);
      }
    });
    return this.ended;
  }

  /** Ends it for good. */
  endForGood(): Promise<void> {
    this.over = true;
    return this.end();
  }

  /** It has ended by itself. */
  forget(): void {
    this.current = undefined;
  }
}
