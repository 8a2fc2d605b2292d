import { expect } from '@playwright/test'
import type { Locator, Page } from '@playwright/test'

/** What somebody does at a page, so that one path can be walked by mouse and by keyboard alone. */
export interface Hands {
  page: Page
  /** Presses a button, link or choice. */
  press(target: Locator): Promise<void>
  /** Types a text into a field, in place of what stands there. */
  type(field: Locator, text: string): Promise<void>
  /** Chooses from a list by its words. */
  choose(list: Locator, words: string): Promise<void>
  paste(field: Locator, text: string): Promise<void>
}

/** How many things somebody did, and the seconds that a practised person needs for them. */
export class Meter {
  keys = 0
  clicks = 0
  homings = 0 // of the hand between keyboard and mouse
  readonly fields = new Set<string>()
  private readonly started = Date.now()
  private hand: 'mouse' | 'keyboard' = 'mouse'

  click(): void {
    this.clicks++
    this.home('mouse')
  }

  /** A Chinese character takes three keys by pinyin. */
  typed(text: string): void {
    for (const one of text) this.keys += one > '\u2e80' ? 3 : 1
    this.home('keyboard')
  }

  private home(hand: 'mouse' | 'keyboard'): void {
    if (hand !== this.hand) this.homings++
    this.hand = hand
  }

  /** By the keystroke-level model (Card, Moran, Newell): a key 0.28 s, the hand over 0.4 s, and a click
   * 2.65 s, of which 1.35 to think, 1.1 to point, 0.2 to press. */
  get seconds(): number {
    return this.keys * 0.28 + this.homings * 0.4 + this.clicks * 2.65
  }

  tell(what: string): void {
    const machine = (Date.now() - this.started) / 1000
    process.stdout.write(
      `${what}: ${this.fields.size} fields typed into, ${this.keys} keys, ${this.clicks} clicks, ` +
        `${this.seconds.toFixed(0)} s of a person; the machine ran it in ${machine.toFixed(0)} s\n`,
    )
  }
}

/** Mouse and keyboard, with everything counted. */
export class Mouse implements Hands {
  constructor(
    readonly page: Page,
    readonly meter = new Meter(),
  ) {}

  async press(target: Locator): Promise<void> {
    this.meter.click()
    await target.click()
  }

  async type(field: Locator, text: string): Promise<void> {
    await this.press(field)
    await field.fill(text)
    await this.count(field, text)
  }

  /** Types behind what stands in a field already. */
  async append(field: Locator, text: string): Promise<void> {
    await this.press(field)
    await this.page.keyboard.press('Control+End')
    await this.page.keyboard.type(text)
    await this.count(field, text)
  }

  async choose(list: Locator, words: string): Promise<void> {
    this.meter.click()
    this.meter.click()
    await list.selectOption(words)
  }

  async paste(field: Locator, text: string): Promise<void> {
    await this.press(field)
    this.meter.typed('^V')
    await pasteAtCursor(this.page, text)
  }

  private async count(field: Locator, text: string): Promise<void> {
    const name = await field.evaluate(
      (one: HTMLInputElement) => one.ariaLabel || one.labels?.[0]?.textContent || one.id,
    )
    this.meter.fields.add(name)
    this.meter.typed(text)
  }
}

const farthest = 400 // tabs; beyond it a thing can't be called within reach
const burst = 6 // tabs between two looks at where the focus is

/** The keyboard alone: the focus goes to a thing by Tab, and Enter, letters and arrows do the rest. */
export class Keyboard implements Hands {
  constructor(readonly page: Page) {}

  async press(target: Locator): Promise<void> {
    await this.go(target)
    await this.page.keyboard.press('Enter')
  }

  async type(field: Locator, text: string): Promise<void> {
    await this.go(field)
    if ((await field.getAttribute('type')) === 'date') return this.typeDate(field, text)
    await this.page.keyboard.press('Control+A')
    await this.page.keyboard.type(text)
    await expect(field).toHaveValue(text)
  }

  /** A date field takes year, month and day one after the other, in the order of the browser's own
   * language, which the page doesn't set. */
  private async typeDate(field: Locator, text: string): Promise<void> {
    const [year = '', month = '', day = ''] = text.split('-')
    const { keyboard } = this.page
    await keyboard.type(year)
    await keyboard.press('ArrowRight')
    await keyboard.type(month + day)
    if ((await field.inputValue()) !== text) {
      for (let part = 0; part < 2; part++) await keyboard.press('ArrowLeft')
      await keyboard.type(month + day + year)
    }
    await expect(field).toHaveValue(text)
  }

  async choose(list: Locator, words: string): Promise<void> {
    await this.go(list)
    const options = await list.locator('option').allInnerTexts()
    const there = options.findIndex((option) => option.trim() === words)
    const now = await list.evaluate((one: HTMLSelectElement) => one.selectedIndex)
    const key = there > now ? 'ArrowDown' : 'ArrowUp'
    for (let i = 0; i < Math.abs(there - now); i++) await this.page.keyboard.press(key)
    await expect(list.locator('option:checked')).toHaveText(words)
  }

  async paste(field: Locator, text: string): Promise<void> {
    await this.go(field)
    await pasteAtCursor(this.page, text)
  }

  /** Tabs until the focus is there, backwards where the thing lies behind. */
  private async go(target: Locator): Promise<void> {
    await target.waitFor()
    const behind = await target.evaluate((one) => {
      const focus = document.activeElement
      one.setAttribute('data-wanted', '')
      // Tabs of a burst that come after it is reached are for nobody.
      one.addEventListener('keydown', (event) => {
        if ((event as KeyboardEvent).key === 'Tab' && one.hasAttribute('data-wanted')) event.preventDefault()
      })
      return focus !== null && (focus.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_PRECEDING) > 0
    })
    for (let i = 0; i < farthest; i += burst) {
      if (await this.page.evaluate(() => document.activeElement?.hasAttribute('data-wanted'))) {
        await target.evaluate((one) => one.removeAttribute('data-wanted'))
        return
      }
      for (let n = 0; n < burst; n++) await this.page.keyboard.press(behind ? 'Shift+Tab' : 'Tab')
    }
    throw new Error(`the keyboard can't reach ${target}`)
  }
}

async function pasteAtCursor(page: Page, text: string): Promise<void> {
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text)
  await page.keyboard.press('Control+V')
}
