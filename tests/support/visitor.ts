import type { Send } from '#tests/support/load.ts'

export type Visitor = { send: Send; get: (path: string) => Promise<Response> }

const ANSWER_LIMIT_MS = 30_000

/** Signs in at an app that runs as a process of its own. Whoever is told to come again later does so. */
export async function signInAt(
  origin: string,
  credentials: { email: string; password: string },
): Promise<Visitor> {
  const request = (path: string, init: RequestInit) =>
    fetch(`${origin}${path}`, {
      ...init,
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
    })
  const post = async (
    path: string,
    body: unknown,
    headers: Record<string, string>,
  ): Promise<Response> => {
    const response = await request(path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'Content-Type': 'application/json', ...headers },
    })
    if (response.status !== 429) return response
    await Bun.sleep(Number(response.headers.get('Retry-After')) * 1000)
    return post(path, body, headers)
  }
  const response = await post('/api/auth/login', credentials, {})
  if (!response.ok) throw new Error(`nobody is let in: ${await response.text()}`)
  const pairs = response.headers.getSetCookie().map((line) => line.split(';')[0])
  const cookie = pairs.join('; ')
  return {
    send: (path, body, key) => post(path, body, { cookie, 'Idempotency-Key': key }),
    get: (path) => request(path, { headers: { cookie } }),
  }
}
