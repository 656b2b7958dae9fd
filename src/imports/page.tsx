import type { Context } from 'hono'
import { actorOf } from '#src/http/actor.ts'
import { render } from '#src/http/render.tsx'
import type { Env } from '#src/http/route.ts'
import { type Draft, isSettled } from '#src/imports/draft.ts'
import { findOpenDraft } from '#src/imports/drafts.ts'
import { gatherOpenings } from '#src/imports/input.ts'
import { listImports } from '#src/imports/queries.ts'
import type { RefusalStatus } from '#src/rejected.ts'
import { wallClock, zoneLabel } from '#src/units/business-day.ts'
import { formatLitres } from '#src/units/litres.ts'
import type { ChoiceValues } from '#views/imports/choice-form.tsx'
import { ImportsPage } from '#views/imports/imports-page.tsx'
import { PreviewPage } from '#views/imports/preview-page.tsx'

const PAST = 20

const TITLES: Record<Draft['outcome']['state'], string> = {
  waiting: 'Periksa impor',
  question: 'Satu pertanyaan · Periksa impor',
  refused: 'Belum bisa dibukukan · Periksa impor',
  wrong: 'Belum bisa dibukukan · Periksa impor',
  short: 'Belum bisa dibukukan · Periksa impor',
  ready: 'Siap dibukukan · Periksa impor',
  booked: 'Berkas dibukukan',
}

type Refused = { errors?: Record<string, string>; status?: 200 | RefusalStatus }

/** The form of the upload, with what was chosen in it, and the files that were brought in before. */
export async function showImports(
  c: Context<Env>,
  { createLocations = false, errors = {}, status }: Refused & { createLocations?: boolean } = {},
): Promise<Response> {
  const system = c.get('system')
  const formToken = c.get('formToken')
  const zone = system.config.timezone
  const title = status ? 'Belum diunggah · Impor' : 'Impor'
  return render(
    c,
    { title, ...(status && { status }) },
    <ImportsPage
      form={{ formToken, createLocations, errors }}
      open={await findOpenDraft(system, actorOf(c))}
      past={await listImports(system.db, { limit: PAST, zone })}
      zoneLabel={zoneLabel(zone)}
    />,
  )
}

/** A draft as it stands; after a refused form with what was typed into it. */
export async function showDraft(
  c: Context<Env>,
  draft: Draft,
  shown: Refused & {
    typed?: Record<string, string>
    refusal?: string
    isRepeat?: boolean
  } = {},
): Promise<Response> {
  const system = c.get('system')
  const formToken = c.get('formToken')
  const zone = system.config.timezone
  const { errors = {}, typed, refusal = null, isRepeat = false } = shown
  const status = shown.status ?? (refusal === null ? 200 : 422)
  return render(
    c,
    {
      title: TITLES[draft.outcome.state],
      status,
      ...(isRepeat && { announcement: <strong>{REPEATED}</strong> }),
    },
    <PreviewPage
      draft={draft}
      isSettled={isSettled(draft)}
      formToken={formToken}
      values={valuesOf(draft, typed)}
      errors={errors}
      refusal={refusal}
      uploadedClock={wallClock(draft.uploadedAt, zone)}
      zoneLabel={zoneLabel(zone)}
    />,
  )
}

const REPEATED = 'Berkas ini sudah dibukukan, dan tidak dibukukan dua kali.'

/** An opening stock that would cure a shortage stands in its field, to be agreed to. */
function valuesOf({ chosen, outcome }: Draft, typed?: Record<string, string>): ChoiceValues {
  const opening: Record<string, string> = {}
  for (const [code, litres] of Object.entries(chosen.opening)) opening[code] = formatLitres(litres)
  const places = 'places' in outcome ? outcome.places : []
  for (const { code, shortage } of places)
    if (shortage && shortage.opening !== null) opening[code] = formatLitres(shortage.opening)
  if (!typed) {
    const { createLocations, decimal, dates } = chosen
    return { createLocations, decimal: decimal ?? '', dates: dates ?? '', opening }
  }
  const { createLocations, decimal = '', dates = '', ...given } = gatherOpenings(typed)
  const isChosen = createLocations !== undefined
  const left = Object.fromEntries(Object.keys(opening).map((code) => [code, '']))
  return { createLocations: isChosen, decimal, dates, opening: { ...left, ...given.opening } }
}
