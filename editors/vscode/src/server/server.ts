// The server's life: found, started when first needed, started again when it ends by itself, stopped.
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { CloseAction, ErrorAction, RevealOutputChannelOn, State } from 'vscode-languageclient';
import type { ErrorHandler, Middleware, RequestType } from 'vscode-languageclient';
import { LanguageClient } from 'vscode-languageclient/node';

import { RestartBudget } from './budget';
import { Life } from './life';
import { locate, programName } from './locate';
import type { Found } from './locate';
import { probe } from './probe';
import { MARKER } from '../attach/marker';
import { settings } from '../settings';
import { tellBroken, tellGivenUp, tellMissing } from './trouble';

export type Stage = 'off' | 'starting' | 'running' | 'failed';

/** What the client listens to: everything the gate may let through. */
const SELECTOR = [
  ...['disclosure', 'plaintext', 'markdown', 'csv', 'tsv'].map((language) => ({ language })),
  { scheme: 'file', pattern: `**/${MARKER}` },
];

export class Server implements vscode.Disposable {
  private client: LanguageClient | undefined;
  private readonly life = new Life<LanguageClient>(() => this.start(), (client) => this.finish(client));
  private readonly budget = new RestartBudget();
  private readonly changed = new vscode.EventEmitter<Stage>();
  /** Fires with each change of stage. */
  readonly onStage = this.changed.event;
  stage: Stage = 'off';
  /** The version that the program says of itself. */
  version = '';

  constructor(
    private readonly extension: vscode.Uri,
    private readonly log: vscode.LogOutputChannel,
    private readonly middleware: Middleware,
  ) {}

  /** The client where it runs now. */
  get running(): LanguageClient | undefined {
    return this.stage === 'running' ? this.client : undefined;
  }

  /** The running client, started if it never was; none where that failed (the user has been told). */
  async ensure(): Promise<LanguageClient | undefined> {
    return this.stage === 'failed' ? undefined : this.life.get();
  }

  /** The answer to a request of our own; none where there is no server, or an older one that does not know it. */
  async request<P, R, E>(type: RequestType<P, R, E>, params: P): Promise<R | undefined> {
    const client = await this.ensure();
    try {
      return await client?.sendRequest<R>(type.method, params);
    } catch (error) {
      this.log.warn(`${type.method}: ${String(error)}`);
      return undefined;
    }
  }

  async restart(): Promise<void> {
    this.log.info('restart');
    this.budget.renew();
    void this.life.end();
    this.enter('off');
    await this.ensure();
  }

  /** Ends the server for good. */
  async dispose(): Promise<void> {
    const ended = this.life.endForGood();
    this.enter('off');
    await ended;
  }

  private async finish(client: LanguageClient): Promise<void> {
    try {
      await client.dispose();
    } catch (error) {
      // A server that has gone already cannot be asked to go.
      this.log.debug(String(error));
    }
  }

  private async start(): Promise<LanguageClient | undefined> {
    this.enter('starting');
    const found = this.program();
    if (found === undefined) {
      this.enter('failed');
      tellMissing(settings().serverPath, vscode.workspace.isTrusted, this.log);
      return undefined;
    }
    try {
      this.version = await probe(found.program);
      this.log.info(`gouji ${this.version}: ${found.program} (${found.origin})`);
      const client = this.connect(found);
      this.client = client;
      await client.start();
      return client;
    } catch (error) {
      this.log.error(`${found.program}: ${String(error)}`);
      this.enter('failed');
      tellBroken(found.program, this.log);
      return undefined;
    }
  }

  /** The program that is or would be run; none where it is nowhere. */
  program(): Found | undefined {
    const windows = process.platform === 'win32';
    return locate({
      setting: settings().serverPath,
      bundled: path.join(this.extension.fsPath, 'server', programName(windows)),
      searchPath: process.env['PATH'] ?? '',
      windows,
      trusted: vscode.workspace.isTrusted,
      isFile: (file) => fs.statSync(file, { throwIfNoEntry: false })?.isFile() === true,
    });
  }

  private connect(found: Found): LanguageClient {
    const client = new LanguageClient(
      'gouji',
      '勾稽 gouji',
      { command: found.program, args: ['server'] },
      {
        documentSelector: SELECTOR,
        outputChannel: this.log,
        traceOutputChannel: this.log,
        revealOutputChannelOn: RevealOutputChannelOn.Never,
        initializationOptions: () => ({ gouji: vscode.workspace.getConfiguration('gouji') }),
        synchronize: { configurationSection: 'gouji' },
        errorHandler: this.errors(),
        middleware: this.middleware,
      },
    );
    client.onDidChangeState(({ newState }) => {
      if (client === this.client) {
        this.enter(newState === State.Running ? 'running' : newState === State.Starting ? 'starting' : this.stage);
      }
    });
    return client;
  }

  private errors(): ErrorHandler {
    return {
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: () => {
        if (this.budget.spend(Date.now())) {
          this.enter('starting');
          return { action: CloseAction.Restart, handled: true };
        }
        this.life.forget();
        this.enter('failed');
        tellGivenUp(this.log);
        return { action: CloseAction.DoNotRestart, handled: true };
      },
    };
  }

  private enter(stage: Stage): void {
    if (this.stage !== stage) {
      this.stage = stage;
      this.changed.fire(stage);
    }
  }
}
