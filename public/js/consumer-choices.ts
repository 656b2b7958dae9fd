import { onContent, onEach } from './dom.ts'

const LOCATION = 'select[name=location]'

/** Of consumers grouped by location, only those of the chosen location can be chosen. */
export function followLocation(): void {
  onEach('change', LOCATION, follow)
  onContent(() => {
    for (const select of Array.from(document.querySelectorAll(LOCATION))) follow(select)
  })
}

function follow(location: Element): void {
  if (!(location instanceof HTMLSelectElement) || !location.form) return
  const consumer = location.form.elements.namedItem('consumer')
  if (!(consumer instanceof HTMLSelectElement)) return
  const [chosen] = Array.from(location.selectedOptions)
  const name = location.value !== '' && chosen ? chosen.text : ''
  for (const group of Array.from(consumer.querySelectorAll('optgroup'))) {
    group.hidden = name !== '' && group.label !== name
    group.disabled = group.hidden
    const holdsChoice = Array.from(group.children).includes(
      consumer.options[consumer.selectedIndex] as never,
    )
    if (group.disabled && holdsChoice) consumer.value = ''
  }
}
