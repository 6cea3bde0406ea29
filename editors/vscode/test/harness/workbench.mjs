// A real VS Code: its server with its extension host, on folders of its own that go away with it.
// VSCODE_SERVER is the program that editors/tests/install/vscode made.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const START_MS = 60_000;

const SETTINGS = {
  'workbench.startupEditor': 'none',
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'update.mode': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.reduceMotion': 'on',
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'files.autoSave': 'off',
  'files.simpleDialog.enable': true,
  'editor.cursorBlinking': 'solid',
  'editor.fontSize': 15,
  'editor.hover.delay': 100,
  'editor.lightbulb.enabled': 'on',
  'git.enabled': false,
};

export class Workbench {
  static async start({ files = {}, settings = {}, vsix, trusted = true, args = [] } = {}) {
    const bench = new Workbench();
    Object.entries(files).forEach(([name, text]) => bench.write(name, text));
    bench.write('../data/User/settings.json', JSON.stringify({ ...SETTINGS, ...settings }));
    if (vsix !== undefined) {
      bench.install(vsix);
    }
    await bench.serve([...(trusted ? ['--disable-workspace-trust'] : []), ...args]);
    return bench;
  }

  constructor() {
    Workbench.program();
    this.folder = mkdtempSync(path.join(tmpdir(), 'gouji-vscode-'));
    this.files = path.join(this.folder, 'files');
    this.output = '';
    mkdirSync(this.files);
    const data = path.join(this.folder, 'data');
    this.common = ['--user-data-dir', data, '--server-data-dir', data, '--extensions-dir', path.join(this.folder, 'extensions'), '--accept-server-license-terms', '--telemetry-level', 'off'];
    this.environment = { ...process.env, XDG_RUNTIME_DIR: this.folder, XDG_DATA_HOME: this.folder, XDG_CONFIG_HOME: this.folder };
    delete this.environment.VSCODE_IPC_HOOK_CLI;
  }

  static program() {
    const program = process.env.VSCODE_SERVER;
    if (!program || !existsSync(program)) {
      throw new Error('VSCODE_SERVER is not set to a program; editors/tests/run vscode installs one and sets it');
    }
    return program;
  }

  /** A file of the workspace folder. */
  path(name) {
    return path.join(this.files, name);
  }

  write(name, text) {
    mkdirSync(path.dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), text);
  }

  install(vsix) {
    execFileSync(Workbench.program(), [...this.common, '--install-extension', vsix], { env: this.environment, stdio: 'pipe' });
  }

  async serve(args) {
    const listen = ['--host', '127.0.0.1', '--port', '0', '--without-connection-token', '--enable-smoke-test-driver'];
    this.process = spawn(Workbench.program(), [...this.common, ...listen, ...args], {
      env: this.environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    this.port = await new Promise((resolve, reject) => {
      const read = (data) => {
        this.output += data;
        const port = /Web UI available at http:\/\/[^:]+:(\d+)/.exec(this.output)?.[1];
        if (port) {
          resolve(Number(port));
        }
      };
      this.process.stdout.on('data', read);
      this.process.stderr.on('data', read);
      this.process.on('exit', (code) => reject(new Error(`VS Code ended with ${code}\n${this.output}`)));
      setTimeout(() => reject(new Error(`VS Code names no port\n${this.output}`)), START_MS).unref();
    });
  }

  /** The address of the workbench on the workspace folder; the payload is what the workbench is told besides. */
  url(payload = []) {
    const query = new URLSearchParams({ folder: this.files, payload: JSON.stringify([['skipWelcome', 'true'], ...payload]) });
    return `http://127.0.0.1:${this.port}/?${query}`;
  }

  remote(file) {
    return `vscode-remote://127.0.0.1:${this.port}${path.resolve(file)}`;
  }

  /** Ends every process of it. What is worth keeping of a failed run goes to a folder. */
  stop(keep) {
    try {
      process.kill(-this.process.pid, 'SIGTERM');
    } catch {
      // It has ended by itself.
    }
    if (keep !== undefined) {
      mkdirSync(keep, { recursive: true });
      writeFileSync(path.join(keep, 'vscode-server.log'), this.output);
      const logs = path.join(this.folder, 'data', 'logs');
      if (existsSync(logs)) {
        cpSync(logs, path.join(keep, 'logs'), { recursive: true });
      }
    }
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}
