import { onContent, onEach } from './dom.ts'

/** Only a script can open the browser's window for printing, so its button comes with the script. */
export function offerPrint(): void {
  onContent(() => {
    const button = document.querySelector<HTMLElement>('[data-print]')
    if (button) button.hidden = false
  })
  onEach('click', '[data-print]', () => window.print())
}
