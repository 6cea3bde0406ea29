// The workbench as a person uses it: by keys, by the pointer, by what is seen. Waits are for what is seen, never for time.
const WAIT = { timeout: 30_000 };

export class Editor {
  constructor(page) {
    this.page = page;
    this.pane = page.locator('.editor-group-container.active .editor-instance .monaco-editor').first();
  }

  /** Opens the workbench and waits until a file is shown. */
  async load(url) {
    await this.page.goto(url);
    await this.page.waitForSelector('.monaco-workbench', { timeout: 60_000 });
    await this.pane.locator('.view-line').first().waitFor(WAIT);
  }

  /** Opens a file of the workspace folder by its name. */
  async open(name) {
    await this.choose(name);
    await this.page.keyboard.press('Enter');
    await this.page.locator('.tabs-container .tab.active', { hasText: name }).first().waitFor(WAIT);
    await this.pane.locator('.view-line').first().waitFor(WAIT);
  }

  /** Has a file of the workspace folder under the cursor of the list of files. */
  async choose(name) {
    await this.page.keyboard.press('Control+P');
    const box = this.page.locator('.quick-input-widget input').first();
    await box.waitFor(WAIT);
    await box.fill(name);
    await this.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: name }).first().waitFor(WAIT);
  }

  /** Runs a command by its title. */
  async command(title) {
    await this.page.keyboard.press('F1');
    const box = this.page.locator('.quick-input-widget input').first();
    await box.waitFor(WAIT);
    await box.fill(`>${title}`);
    await this.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: title }).first().waitFor(WAIT);
    await this.page.keyboard.press('Enter');
  }

  /** Puts the cursor at the beginning of a line, counted from one. */
  async goTo(line) {
    await this.page.keyboard.press('Control+G');
    const box = this.page.locator('.quick-input-widget input').first();
    await box.waitFor(WAIT);
    await box.fill(`:${line}`);
    await this.page.keyboard.press('Enter');
    await this.page.locator('.quick-input-widget').first().waitFor({ ...WAIT, state: 'hidden' });
    await this.page.locator('.statusbar-item', { hasText: `Ln ${line},` }).first().waitFor(WAIT);
  }

  squiggle(kind = 'error') {
    return this.pane.locator(`.squiggly-${kind}`).first();
  }

  /** Waits for a squiggle in sight and gives where it is. */
  async seeSquiggle(kind) {
    const squiggle = this.squiggle(kind);
    await squiggle.waitFor(WAIT);
    return squiggle.boundingBox();
  }

  async seeNoSquiggle(kind) {
    await this.squiggle(kind).waitFor({ ...WAIT, state: 'detached' });
  }

  /** The word that is drawn under a point. */
  textAt({ x, y }) {
    return this.page.evaluate(([left, top]) => {
      const range = document.caretRangeFromPoint(left, top);
      return range?.startContainer.textContent?.replace(/ /g, ' ') ?? '';
    }, [x, y]);
  }

  /** Points at a place until the hover that says something is there. */
  async hover(box, text) {
    await this.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    const hover = this.page.locator('.monaco-hover:not(.hidden)').filter({ hasText: text }).first();
    await hover.waitFor(WAIT);
    return hover;
  }

  async closeHover() {
    await this.page.keyboard.press('Escape');
    await this.page.mouse.move(2, 2);
  }

  /** The bulb at the squiggle in sight: it comes only where the cursor really moves there, from another line. */
  async bulb(kind, otherLine) {
    await this.goTo(otherLine);
    const box = await this.seeSquiggle(kind);
    await this.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    const bulb = this.pane.locator('[class*="codicon-gutter-lightbulb"], .lightBulbWidget:visible').first();
    await bulb.waitFor(WAIT);
    return bulb;
  }

  async menu(text) {
    const row = this.page.locator('.action-widget .monaco-list-row', { hasText: text }).first();
    await row.waitFor(WAIT);
    return row;
  }

  async problems() {
    await this.page.keyboard.press('Control+Shift+M');
    const rows = this.page.locator('.markers-panel .monaco-list-row');
    await rows.first().waitFor(WAIT);
    return rows;
  }

  async see(selector, hasText) {
    const found = this.page.locator(selector, hasText === undefined ? {} : { hasText }).first();
    await found.waitFor(WAIT);
    return found;
  }
}
