import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Actor } from '#src/auth/permissions.ts'
import { Draft, isSettled } from '#src/imports/draft.ts'
import { forbidden, Rejected } from '#src/rejected.ts'
import type { System } from '#src/system.ts'
import { toDecimal } from '#src/units/litres.ts'

const DAY_MS = 24 * 3_600_000
const ID = /^[0-9a-f]{32}$/
const GONE =
  'Berkas ini tidak ada lagi: sudah diganti oleh berkas lain, atau lebih dari sehari sejak diunggah. Unggah sekali lagi; yang sudah dibukukan tidak dibukukan dua kali.'

export type UploadedFile = {
  name: string
  bytes: AsyncIterable<Uint8Array>
  createLocations: boolean
  busyId: string | null
}

/**
 * Keeps an uploaded file in the folder `uploads` of DATA_DIR until it is booked, replaced by another one of the same
 * person, or a day old. The machine that took the upload is the one that must be asked to book it. `busyId` is a draft
 * that is being read and stays.
 */
export async function keepUpload(
  system: System,
  actor: Actor,
  { name, bytes, createLocations, busyId }: UploadedFile,
): Promise<Draft> {
  await removeOld(system)
  const id = randomBytes(16).toString('hex')
  await mkdir(folderOf(system, id), { recursive: true, mode: 0o700 })
  try {
    await pipeline(bytes, createWriteStream(pathOf(system, id), { mode: 0o600 }))
  } catch (error) {
    await removeDraft(system, id)
    throw error
  }
  const replaced = (await listDrafts(system)).filter(({ owner }) => owner.id === actor.id)
  for (const draft of replaced) if (draft.id !== busyId) await removeDraft(system, draft.id)
  const draft: Draft = {
    id,
    owner: { id: actor.id, name: actor.name },
    fileName: name,
    uploadedAt: system.now(),
    revision: 0,
    chosen: { createLocations, opening: {}, decimal: null, dates: null },
    outcome: { state: 'waiting' },
  }
  return saveDraft(system, draft)
}

/** Throws Rejected 404 where there is no such draft any more, and 403 where it is somebody else's. */
export async function findDraft(system: System, actor: Actor, id: string): Promise<Draft> {
  const draft = ID.test(id) ? await readDraft(system, id) : null
  if (!draft || isOld(system, draft.uploadedAt)) throw new Rejected(404, GONE)
  if (draft.owner.id === actor.id) return draft
  throw forbidden(
    `Berkas ini diunggah oleh ${draft.owner.name}, dan hanya ia yang bisa membukukannya. Unggah berkasnya sendiri.`,
  )
}

/** The file that this person uploaded and has not booked yet. */
export async function findOpenDraft(system: System, actor: Actor): Promise<Draft | null> {
  const drafts = await listDrafts(system)
  const isOpen = (draft: Draft) =>
    draft.owner.id === actor.id && !isSettled(draft) && !isOld(system, draft.uploadedAt)
  return drafts.find(isOpen) ?? null
}

/** Written beside and then moved into its place: a reader never finds half of it. */
export async function saveDraft(system: System, draft: Draft): Promise<Draft> {
  const text = JSON.stringify(draft, (_, value: unknown) =>
    typeof value === 'bigint' ? toDecimal(value) : value,
  )
  const path = join(folderOf(system, draft.id), 'draft.json')
  await writeFile(`${path}.new`, text, { mode: 0o600 })
  await rename(`${path}.new`, path)
  return draft
}

/** Where the file itself lies. */
export const pathOf = (system: System, id: string): string => join(folderOf(system, id), 'file')

/** What is booked needs its file no more; what became of it is kept, for whoever presses the button twice. */
export const removeFile = (system: System, { id }: Draft): Promise<void> =>
  rm(pathOf(system, id), { force: true })

export const removeDraft = (system: System, id: string): Promise<void> =>
  rm(folderOf(system, id), { recursive: true, force: true })

const uploadsOf = ({ config }: System): string => join(config.dataDir, 'uploads')

const folderOf = (system: System, id: string): string => join(uploadsOf(system), id)

const isOld = (system: System, at: Date): boolean => system.now().getTime() - at.getTime() >= DAY_MS

async function listDrafts(system: System): Promise<Draft[]> {
  const drafts: Draft[] = []
  for (const id of await listIds(system)) {
    const draft = await readDraft(system, id)
    if (draft) drafts.push(draft)
  }
  return drafts
}

async function listIds(system: System): Promise<string[]> {
  const names = await readdir(uploadsOf(system)).catch(() => [])
  return names.filter((name) => ID.test(name))
}

/** Null where there is none, or one that another version of the program wrote, or that a power cut left empty. */
async function readDraft(system: System, id: string): Promise<Draft | null> {
  const text = await readFile(join(folderOf(system, id), 'draft.json'), 'utf8').catch(() => null)
  try {
    return text === null ? null : Draft.parse(JSON.parse(text))
  } catch {
    return null
  }
}

/** Also what an upload left behind that never came to its end. */
async function removeOld(system: System): Promise<void> {
  for (const id of await listIds(system)) {
    const draft = await readDraft(system, id)
    const changed = draft ? null : await stat(folderOf(system, id)).catch(() => null)
    const at = draft?.uploadedAt ?? changed?.mtime
    if (at && isOld(system, at)) await removeDraft(system, id)
  }
}
