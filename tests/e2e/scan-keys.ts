import type { Page } from 'playwright-core';

/**
 * A scanner that types: a line in one task of the browser, its letters into the field that has the focus. The keys bear
 * a scanner's times, however long a busy browser takes for each.
 */
export function scanKeys(page: Page, line: string): Promise<void> {
  return page.evaluate((typed) => {
    const began = performance.now();
    [...typed, 'Enter'].forEach((key, n) => {
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
      Object.defineProperty(event, 'timeStamp', { value: began + 5 * n });
      (document.activeElement ?? document).dispatchEvent(event);
      if (key !== 'Enter') document.execCommand('insertText', false, key);
    });
  }, line);
}
