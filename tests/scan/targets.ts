import { z } from 'zod'
import { routes } from '#src/app.tsx'
import { unescapeHtml } from '#tests/support/html.ts'

/** A request worth attacking: an address with its query, or a form or a JSON object with what may stand in it. */
export type Target = {
  method: 'GET' | 'POST' | 'PATCH'
  url: string
  fields: string | null
  isJson?: boolean
}

type Get = (path: string) => Promise<string>

/** Forms that would end the scan's own session, take a place in the scan's own account, or send a file. */
const LEFT_OUT = /^\/logout|\/sessions|\/account\/password|\/imports\/previews/
const MONTH = new Date().toISOString().slice(0, 7)
/** Of people one of the examples, not the scan's own account; of everything else the first. */
const idIn = (path: string): string => (path.includes('/users/') ? '3' : '1')
/** A control without a value is attacked as well: it needs one that is taken. */
const SAMPLES: Record<string, string> = {
  location: 'GENSET',
  type: 'OUT',
  kind: 'usage',
  sort: '-date',
  format: 'csv',
  name: 'Uji',
  role: 'supervisor',
  email: 'uji@contoh.test',
  password: 'kata-sandi-uji-coba',
  code: 'UJI',
  scope: 'read',
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
  return [
    ...targets.values(),
    ...apiTargetsOf(Document.parse(JSON.parse(await get(DOCUMENT))), origin),
  ]
}

const DOCUMENT = '/api/openapi.json'
const Properties = z.looseObject({ properties: z.record(z.string(), z.unknown()).default({}) })
const Operation = z.looseObject({
  parameters: z.array(z.looseObject({ name: z.string(), in: z.string() })).default([]),
  requestBody: z
    .looseObject({
      content: z.looseObject({
        'application/json': z.looseObject({
          schema: z.looseObject({ ...Properties.shape, $ref: z.string().optional() }),
        }),
      }),
    })
    .optional(),
})
const Document = z.object({
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.looseObject({ schemas: z.record(z.string(), Properties) }),
})

/** What the API's own document says that can be sent: every query, and every object of one level. */
function apiTargetsOf({ paths, components }: z.infer<typeof Document>, origin: string): Target[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, { parameters, requestBody }]): Target[] => {
      const { pathname } = new URL(
        path.replace('{month}', MONTH).replace(/\{\w+\}/g, idIn(path)),
        origin,
      )
      if (LEFT_OUT.test(pathname) || pathname.startsWith('/api/auth')) return []
      const query = parameters.filter(({ in: place }) => place === 'query').map(({ name }) => name)
      const asked = new URLSearchParams(
        Object.fromEntries(query.map((name) => [name, sampleOf(name)])),
      )
      const url = new URL(`${pathname}${query.length > 0 ? `?${asked}` : ''}`, origin).href
      if (method === 'get') return query.length > 0 ? [{ method: 'GET', url, fields: null }] : []
      const schema = requestBody?.content['application/json'].schema
      const named = components.schemas[schema?.$ref?.split('/').pop() ?? '']
      const names = Object.keys((named ?? schema)?.properties ?? {})
      if (names.length === 0 || (method !== 'post' && method !== 'patch')) return []
      const fields = JSON.stringify(Object.fromEntries(names.map((name) => [name, sampleOf(name)])))
      return [{ method: method === 'post' ? 'POST' : 'PATCH', url, fields, isJson: true }]
    }),
  )
}

const sampleOf = (name: string): string => SAMPLES[name] ?? '1'

function pagePaths(): string[] {
  return routes
    .filter(
      ({ method, path }) => method === 'GET' && !path.startsWith('/api/') && !path.includes('.csv'),
    )
    .map(({ path }) =>
      path
        .replace(/:month[^/]*/, MONTH)
        .replace(/:part[^/]*/, 'signatories')
        .replace(/:\w+(\{[^}]*\}+)?/g, idIn(path)),
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
