// One server at a time, whoever asks when.
import * as assert from 'node:assert';
import { test } from 'node:test';

import { Life } from '../../src/server/life';

/** A life whose ends wait until they are let. */
function slow() {
  const said: string[] = [];
  let started = 0;
  const waiting: (() => void)[] = [];
  const life = new Life<number>(
    async () => {
      started += 1;
      said.push(`start ${started}`);
      return started;
    },
    (thing) =>
      new Promise((resolve) => {
        said.push(`end ${thing}`);
        waiting.push(() => {
          said.push(`ended ${thing}`);
          resolve();
        });
      }),
  );
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { life, said, settle, letGo: () => waiting.shift()?.() };
}

test('everybody gets the same one', async () => {
  const { life, said } = slow();
  assert.deepStrictEqual(await Promise.all([life.get(), life.get()]), [1, 1]);
  assert.strictEqual(await life.get(), 1);
  assert.deepStrictEqual(said, ['start 1']);
});

test('who asks while the last is being ended gets the next, after it has ended', async () => {
  const { life, said, settle, letGo } = slow();
  await life.get();
  void life.end();
  const asked = [life.get(), life.get()];
  await settle();
  assert.deepStrictEqual(said, ['start 1', 'end 1']);
  letGo();
  assert.deepStrictEqual(await Promise.all(asked), [2, 2]);
  assert.deepStrictEqual(said, ['start 1', 'end 1', 'ended 1', 'start 2']);
});

test('of two restarts in a row both are done, one after the other', async () => {
  const { life, said, settle, letGo } = slow();
  await life.get();
  void life.end();
  const first = life.get();
  void life.end();
  const second = life.get();
  await settle();
  letGo();
  assert.strictEqual(await first, 2);
  await settle();
  letGo();
  assert.strictEqual(await second, 3);
  assert.deepStrictEqual(said, ['start 1', 'end 1', 'ended 1', 'start 2', 'end 2', 'ended 2', 'start 3']);
});

test('after the end for good nothing is started', async () => {
  const { life, said, settle, letGo } = slow();
  await life.get();
  const ended = life.endForGood();
  await settle();
  letGo();
  await ended;
  assert.strictEqual(await life.get(), undefined);
  assert.deepStrictEqual(said, ['start 1', 'end 1', 'ended 1']);
});
