const ENTITIES: Record<string, string> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
}

/** What a page hides in the form that posts to `action`: its token and its key. */
export function hiddenFields(html: string, action: string): Record<string, string> {
  const form = formOf(html, action)
  const inputs = form.match(/<input type="hidden"[^>]*>/g) ?? []
  return Object.fromEntries(
    inputs.map((input) => [attribute(input, 'name') ?? '', attribute(input, 'value') ?? '']),
  )
}

/** What stands in the field of this name, as the person would read it; null where there is no such field. */
export function fieldValue(html: string, name: string): string | null {
  const area = new RegExp(`<textarea[^>]*\\bname="${name}"[^>]*>\\n?([^<]*)</textarea>`).exec(html)
  if (area) return unescapeHtml(area[1] ?? '')
  const choice = new RegExp(`<select[^>]*\\bname="${name}"[^>]*>.*?</select>`, 's').exec(html)
  if (choice) return attribute(/<option[^>]*\bselected[^>]*>/.exec(choice[0])?.[0] ?? '', 'value')
  const input = new RegExp(`<input[^>]*\\bname="${name}"[^>]*>`).exec(html)
  return input ? (attribute(input[0], 'value') ?? '') : null
}

/** Whether the field of this name is marked as wrong. */
export function isMarkedWrong(html: string, name: string): boolean {
  const tag = new RegExp(`<(?:input|textarea|select)[^>]*\\bname="${name}"[^>]*>`).exec(html)
  return tag?.[0].includes('aria-invalid="true"') ?? false
}

/** The words of a page without its tags. */
export function wordsOf(html: string): string {
  return unescapeHtml(html.replace(/<[^>]*>/g, ' ')).replace(/\s+/g, ' ')
}

export function unescapeHtml(text: string): string {
  return text.replace(/&(?:lt|gt|quot|amp|#39);/g, (entity) => ENTITIES[entity] ?? entity)
}

function formOf(html: string, action: string): string {
  const forms = html.match(/<form\b.*?<\/form>/gs) ?? []
  const found = forms.find((form) => form.includes(`action="${action}"`))
  if (!found) throw new Error(`the page has no form for ${action}`)
  return found
}

function attribute(tag: string, name: string): string | null {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)
  return found ? unescapeHtml(found[1] ?? '') : null
}
