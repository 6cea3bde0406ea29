// What the user said of single files, kept between sessions.

export type Choice = 'check' | 'leave';

/** The part of `vscode.Memento` that is used. */
export interface Store {
  get<T>(key: string, otherwise: T): T;
  update(key: string, value: unknown): Thenable<void>;
}

const KEY = 'gouji.choices';
/** Files remembered; the longest ago is forgotten first. */
const REMEMBERED = 2000;

export class Choices {
  constructor(private readonly store: Store) {}

  of(uri: string): Choice | undefined {
    return this.all().find(([known]) => known === uri)?.[1];
  }

  async choose(uri: string, choice: Choice): Promise<void> {
    const others = this.all().filter(([known]) => known !== uri);
    await this.store.update(KEY, [...others, [uri, choice]].slice(-REMEMBERED));
  }

  private all(): [string, Choice][] {
    return this.store.get<[string, Choice][]>(KEY, []);
  }
}
