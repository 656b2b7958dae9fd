import { routes } from '#src/app.tsx'
import { unescapeHtml } from '#tests/support/html.ts'

/** A request worth attacking: an address with its query, or a form with what its page had filled in. */
export type Target = { method: 'GET' | 'POST'; url: string; fields: string | null }

type Get = (path: string) => Promise<string>

/** Forms that would end the scan's own session, take a place in the scan's own account, or send a file. */
const LEFT_OUT = /^\/logout|\/sessions|\/account\/password|\/imports\/previews/
const FIRST_ID = 1
const MONTH = '2026-11'
/** A control without a value is attacked as well: it needs one that is taken. */
const SAMPLES: Record<string, string> = {
  search: 'genset',
  amount: '10',
  startDate: '01/01/2026',
  endDate: '31/12/2026',
}

/**
 * Every address with a query and every form that the pages of the route table hold, each shape of fields once. The pages
 * are read as the one who is signed in sees them.
 */
export async function findTargets(origin: string, get: Get): Promise<Target[]> {
  const targets = new Map<string, Target>()
  for (const path of pagePaths()) {
    const html = await get(path)
    for (const target of [...linksOf(html), ...formsOf(html)]) {
      const { pathname, searchParams } = new URL(target.url, origin)
      if (LEFT_OUT.test(pathname)) continue
      const names = [...searchParams.keys(), ...new URLSearchParams(target.fields ?? '').keys()]
      if (names.length === 0) continue
      const shape = [target.method, pathname.replace(/\d+/g, '0'), ...new Set(names)].join(' ')
      if (!targets.has(shape))
        targets.set(shape, { ...target, url: new URL(target.url, origin).href })
    }
  }
  return [...targets.values()]
}

function pagePaths(): string[] {
  return routes
    .filter(
      ({ method, path }) => method === 'GET' && !path.startsWith('/api/') && !path.includes('.csv'),
    )
    .map(({ path }) =>
      path.replace(/:month[^/]*/, MONTH).replace(/:\w+(\{[^}]*\}+)?/g, String(FIRST_ID)),
    )
}

function linksOf(html: string): Target[] {
  return [...html.matchAll(/\shref="(\/[^"]*\?[^"]*)"/g)].map(([, href = '']) => ({
    method: 'GET',
    url: unescapeHtml(href),
    fields: null,
  }))
}

function formsOf(html: string): Target[] {
  return (html.match(/<form\b.*?<\/form>/gs) ?? []).map((form) => {
    const action = attribute(form, 'action') || '/'
    const fields = fieldsOf(form).toString()
    return attribute(form, 'method').toLowerCase() === 'post'
      ? { method: 'POST', url: action, fields }
      : { method: 'GET', url: `${action}?${fields}`, fields: null }
  })
}

function fieldsOf(form: string): URLSearchParams {
  const fields = new URLSearchParams()
  for (const [tag] of form.matchAll(/<select\b.*?<\/select>|<(?:input|textarea)\b[^>]*>/gs)) {
    const name = attribute(tag, 'name')
    const value = tag.startsWith('<select') ? choiceIn(tag) : attribute(tag, 'value')
    if (name !== '' && !fields.has(name)) fields.set(name, value || SAMPLES[name] || '1')
  }
  return fields
}

const choiceIn = (select: string): string => /<option[^>]*\svalue="([^"]+)"/.exec(select)?.[1] ?? ''

function attribute(tag: string, name: string): string {
  return unescapeHtml(new RegExp(`^[^>]*?\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '')
}
