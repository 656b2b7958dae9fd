import { onContent } from './dom.ts'

const FIELD = 'input[data-password]'
const SHOW = 'Tampilkan'
const CAPS = 'Caps Lock menyala: yang diketik menjadi huruf besar.'

/** What is typed into a password field can be shown, and a locked shift key is told of. Without a script it stays hidden. */
export function helpWithPasswords(): void {
  onContent(() => {
    for (const field of passwordFields()) if (!buttonOf(field)) addButton(field)
  })
  // A browser keeps what was typed into a plain field, and offers it again to whoever comes next.
  document.addEventListener('submit', hideAll, true)
  window.addEventListener('pageshow', hideAll)
  for (const type of ['keydown', 'keyup']) document.addEventListener(type, lookAtCapsLock)
  document.addEventListener('focusout', ({ target }) => {
    if (isPassword(target)) tellCapsLock(target, false)
  })
}

const passwordFields = (): HTMLInputElement[] =>
  Array.from(document.querySelectorAll<HTMLInputElement>(FIELD))

const isPassword = (target: EventTarget | null): target is HTMLInputElement =>
  target instanceof HTMLInputElement && target.matches(FIELD)

const buttonOf = (field: HTMLInputElement): HTMLButtonElement | null =>
  field.parentElement ? field.parentElement.querySelector('button') : null

function addButton(field: HTMLInputElement): void {
  const label = document.querySelector(`label[for="${field.id}"]`)
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'button'
  button.textContent = SHOW
  button.setAttribute('aria-label', `${SHOW} ${(label?.textContent || '').toLowerCase()}`)
  button.setAttribute('aria-controls', field.id)
  button.addEventListener('click', () => show(field, field.type === 'password'))
  field.insertAdjacentElement('afterend', button)
  show(field, false)
}

function show(field: HTMLInputElement, isShown: boolean): void {
  field.type = isShown ? 'text' : 'password'
  const button = buttonOf(field)
  if (button) button.setAttribute('aria-pressed', String(isShown))
}

function hideAll(): void {
  for (const field of passwordFields()) show(field, false)
}

function lookAtCapsLock(event: Event): void {
  // What fills a form in by itself sends events that are no keystrokes.
  if (!(event instanceof KeyboardEvent) || !isPassword(event.target)) return
  tellCapsLock(event.target, event.getModifierState('CapsLock'))
}

function tellCapsLock(field: HTMLInputElement, isOn: boolean): void {
  const place = field.parentElement
  const told = place?.parentElement?.querySelector('.password-caps')
  if (isOn === Boolean(told)) return
  if (told) {
    told.remove()
    return
  }
  const hint = document.createElement('p')
  hint.className = 'hint password-caps'
  hint.setAttribute('role', 'status')
  hint.textContent = CAPS
  place?.insertAdjacentElement('afterend', hint)
}
