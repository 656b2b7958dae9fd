import { randomUUID } from 'node:crypto'
import type { Context } from 'hono'
import { can } from '#src/auth/permissions.ts'
import { actorOf } from '#src/http/actor.ts'
import { readId, readInput, readTyped } from '#src/http/input.ts'
import { redirect, render } from '#src/http/render.tsx'
import { type Env, type Returned, route } from '#src/http/route.ts'
import { TypedKey, TypedRevocation } from '#src/keys/input.ts'
import { findKey, type KeyView, listKeys } from '#src/keys/queries.ts'
import { createKey, type KeyMade, revokeKey } from '#src/keys/service.ts'
import { listLocations } from '#src/locations/queries.ts'
import { notFound, Rejected } from '#src/rejected.ts'
import { wallClock } from '#src/units/business-day.ts'
import { KeyForm } from '#views/keys/key-form.tsx'
import { KeysPage } from '#views/keys/keys-page.tsx'
import { MadeKeyPage } from '#views/keys/made-key-page.tsx'
import { RevocationPage } from '#views/keys/revocation-page.tsx'
import { KEYS_PATH, type KeyRow, NEW_KEY_PATH } from '#views/keys/words.ts'

const CHANGED_AFTER_MAKING =
  'Kiriman sebelumnya sudah membuat kunci dengan isi yang lain. Lihat daftar kunci dulu; buat lagi hanya bila memang perlu satu lagi.'

export const keysRoutes = [
  route('GET', KEYS_PATH, can.manageKeys, async (c) => {
    const keys = await listKeys(c.get('system').db)
    const revoked = keys.find(({ id }) => String(id) === c.req.query('revoked'))
    const announcement = revoked?.revokedAt ? (
      <strong>{`Kunci “${revoked.name}” sudah dicabut.`}</strong>
    ) : undefined
    return render(
      c,
      { title: 'Kunci API', ...(announcement && { announcement }) },
      <KeysPage keys={keys.map(rowWith(c))} />,
    )
  }),

  route('GET', NEW_KEY_PATH, can.manageKeys, (c) => showForm(c, { typed: {} })),

  route(
    'POST',
    KEYS_PATH,
    can.manageKeys,
    async (c) => {
      try {
        const { requestId, ...input } = await readInput(c, 'form', TypedKey)
        const request = { id: requestId, endpoint: `POST ${KEYS_PATH}` }
        return showMade(c, await createKey(c.get('system'), { actor: actorOf(c), request }, input))
      } catch (error) {
        if (!(error instanceof Rejected) || ![409, 422].includes(error.status)) throw error
        return showRefusal(c, error)
      }
    },
    {
      refill: async (c, { status, sentence }) =>
        showForm(c, { typed: await readTyped(c), status, errors: { '': sentence } }),
    },
  ),

  route('GET', `${KEYS_PATH}/:id/revocation`, can.manageKeys, async (c) => {
    const key = await findKey(c.get('system').db, readId(c))
    if (!key) throw notFound()
    return render(
      c,
      { title: 'Cabut kunci API' },
      <RevocationPage
        formToken={c.get('formToken')}
        requestId={randomUUID()}
        row={rowWith(c)(key)}
      />,
    )
  }),

  route('POST', `${KEYS_PATH}/:id/revocation`, can.manageKeys, async (c) => {
    const { requestId } = await readInput(c, 'form', TypedRevocation)
    const request = { id: requestId, endpoint: `POST ${c.req.path}` }
    const by = { actor: actorOf(c), request }
    const { id } = await revokeKey(c.get('system'), by, readId(c))
    return redirect(c, `${KEYS_PATH}?revoked=${id}`)
  }),
]

/** The one answer in which the key stands: no address holds it, and it cannot be called up again. */
function showMade(c: Context<Env>, { key, secret }: KeyMade): Promise<Response> {
  const { publicOrigin } = c.get('system').config
  return render(
    c,
    { title: 'Kunci API dibuat' },
    <MadeKeyPage row={rowWith(c)(key)} secret={secret} origin={publicOrigin} />,
  )
}

/** A form whose key made something else gets a fresh one, so that sending it once more makes what it says. */
async function showRefusal(c: Context<Env>, refusal: Rejected): Promise<Response> {
  const typed = await readTyped(c)
  if (refusal.status === 422) return showForm(c, { typed, status: 422, errors: refusal.details })
  const fresh = { ...typed, requestId: '' }
  return showForm(c, { typed: fresh, status: 409, errors: { '': CHANGED_AFTER_MAKING } })
}

type Shown = {
  typed: Record<string, string>
  status?: Returned['status'] | 409 | 422
  errors?: Record<string, string>
}

async function showForm(c: Context<Env>, { typed, status = 200, errors = {} }: Shown) {
  const { db } = c.get('system')
  const places = await listLocations(db, actorOf(c))
  return render(
    c,
    { title: status === 200 ? 'Buat kunci API' : 'Belum dibuat · Kunci API', status },
    <KeyForm
      formToken={c.get('formToken')}
      requestId={typed.requestId || randomUUID()}
      values={typed}
      errors={errors}
      locations={places.flatMap(({ active, code, name }) => (active ? { code, name } : []))}
    />,
  )
}

/** A key as the pages show it, its times by the clock on the wall. */
function rowWith(c: Context<Env>): (key: KeyView) => KeyRow {
  const { timezone } = c.get('system').config
  const clock = (at: Date | null) => (at === null ? null : wallClock(at, timezone))
  return ({ createdAt, lastUsedAt, revokedAt, locationName, location: _, ...key }) => ({
    ...key,
    place: locationName,
    createdClock: wallClock(createdAt, timezone),
    lastUsedClock: clock(lastUsedAt),
    revokedClock: clock(revokedAt),
  })
}
