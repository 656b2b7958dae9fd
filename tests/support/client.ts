import type { Hono } from 'hono'
import type { Env } from '#src/http/route.ts'
import { hiddenFields } from '#tests/support/html.ts'

export type Headers = Record<string, string>
export type Client = ReturnType<typeof createClient>

/** Where the app of the tests is, for those who come to it. */
export const ORIGIN = 'http://127.0.0.1:4111'
const FORM = 'application/x-www-form-urlencoded'

/** A browser without a screen: keeps cookies, follows nothing, and sends what it is told. */
export function createClient(app: Hono<Env>, jar = new Map<string, string>(), origin = ORIGIN) {
  const send = async (path: string, init: RequestInit & { headers?: Headers }) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { ...(cookie && { Cookie: cookie }), ...init.headers }
    const response = await app.request(`${origin}${path}`, { ...init, headers })
    keepCookies(jar, response)
    return response
  }
  const get = (path: string, headers: Headers = {}) => send(path, { headers })
  const post = (path: string, fields: Record<string, string>, headers: Headers = {}) => {
    const body = new URLSearchParams(fields).toString()
    return send(path, { method: 'POST', body, headers: { 'Content-Type': FORM, ...headers } })
  }
  return {
    jar,
    send,
    get,
    fragment: (path: string) => get(path, { 'HX-Request': 'true' }),
    /** Posts a form as it is given here, without its token. */
    post,
    /** Opens the page of a form, types into it and sends it with what the page hid in it. */
    async submit(path: string, fields: Record<string, string>, headers: Headers = {}) {
      const page = await (await get(path)).text()
      return post(path, { ...hiddenFields(page, path), ...fields }, headers)
    },
    /** A request of another program. A body that is a text is sent as it stands. */
    api(method: string, path: string, body?: unknown, headers: Headers = {}) {
      if (body === undefined) return send(path, { method, headers })
      const text = typeof body === 'string' ? body : JSON.stringify(body)
      const json = { 'Content-Type': 'application/json', ...headers }
      return send(path, { method, body: text, headers: json })
    },
  }
}

function keepCookies(jar: Map<string, string>, response: Response): void {
  for (const line of response.headers.getSetCookie()) {
    const [pair = ''] = line.split(';')
    const at = pair.indexOf('=')
    if (/;\s*Max-Age=0\b/i.test(line)) jar.delete(pair.slice(0, at))
    else jar.set(pair.slice(0, at), pair.slice(at + 1))
  }
}
