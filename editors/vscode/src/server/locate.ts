// Which server program is run: setting, bundled, PATH, in this order. Nothing is ever downloaded.
import * as path from 'node:path';

export type Origin = 'setting' | 'bundled' | 'path';

export interface Found {
  readonly program: string;
  readonly origin: Origin;
}

export interface Surroundings {
  /** The setting `gouji.server.path`; empty where it is not set. */
  readonly setting: string;
  /** The program that came with the extension, whether it is there or not. */
  readonly bundled: string;
  /** The environment's PATH. */
  readonly searchPath: string;
  readonly windows: boolean;
  /** In a workspace that is not trusted only the bundled program may run. */
  readonly trusted: boolean;
  readonly isFile: (file: string) => boolean;
}

/** The program to run; none where it is nowhere. A setting that leads nowhere is not passed over in silence. */
export function locate(around: Surroundings): Found | undefined {
  if (around.trusted && around.setting !== '') {
    return around.isFile(around.setting) ? { program: around.setting, origin: 'setting' } : undefined;
  }
  if (around.isFile(around.bundled)) {
    return { program: around.bundled, origin: 'bundled' };
  }
  if (!around.trusted) {
    return undefined;
  }
  const name = programName(around.windows);
  const flavour = around.windows ? path.win32 : path.posix;
  // A relative entry of PATH would mean another folder for each workspace.
  const folders = around.searchPath.split(flavour.delimiter).filter((folder) => flavour.isAbsolute(folder));
  const program = folders.map((folder) => flavour.join(folder, name)).find(around.isFile);
  return program === undefined ? undefined : { program, origin: 'path' };
}

export function programName(windows: boolean): string {
  return windows ? 'gouji.exe' : 'gouji';
}
