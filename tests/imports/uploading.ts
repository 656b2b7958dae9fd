import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Depot } from '#tests/support/app.ts'
import type { Client, Headers } from '#tests/support/client.ts'
import { hiddenFields, wordsOf } from '#tests/support/html.ts'

type Given = { name?: string; fields?: Record<string, string>; headers?: Headers }

/** Sends the form of the upload as a browser does: its hidden fields, what was chosen, and last the file. */
export async function upload(
  client: Client,
  content: string | Uint8Array<ArrayBuffer>,
  { name = 'buku.csv', fields = {}, headers = {} }: Given = {},
): Promise<Response> {
  const page = await (await client.get('/imports')).text()
  const form = new FormData()
  for (const [key, value] of Object.entries({ ...hiddenFields(page, PREVIEWS), ...fields }))
    form.append(key, value)
  form.append('file', new File([content], name))
  return client.send(PREVIEWS, { method: 'POST', body: form, headers })
}

/** The same, and then the page to which it leads. */
export async function uploadAndLook(
  client: Client,
  content: string | Uint8Array<ArrayBuffer>,
  given: Given = {},
) {
  const response = await upload(client, content, given)
  const path = response.headers.get('Location')
  if (response.status !== 303 || path === null)
    throw new Error(`not taken: ${response.status} ${wordsOf(await response.text())}`)
  return look(client, path)
}

export async function look(client: Client, path: string) {
  const response = await client.get(path)
  const html = await response.text()
  return { status: response.status, path, html, words: wordsOf(html) }
}

/** Presses the button of a preview. */
export const book = (client: Client, html: string): Promise<Response> =>
  client.post('/imports', hiddenFields(html, '/imports'))

/** Sends the form of a preview again, with other choices; answers the page to which it leads, or the refused one. */
export async function choose(client: Client, html: string, fields: Record<string, string>) {
  const response = await client.post(PREVIEWS, { ...hiddenFields(html, PREVIEWS), ...fields })
  const path = response.headers.get('Location')
  if (path !== null) return look(client, path)
  const text = await response.text()
  return { status: response.status, path: '', html: text, words: wordsOf(text) }
}

/** The folders of the drafts that are kept. */
export function draftsIn({ system }: Depot): string[] {
  try {
    return readdirSync(join(system.config.dataDir, 'uploads'))
  } catch {
    return []
  }
}

export const PREVIEWS = '/imports/previews'
