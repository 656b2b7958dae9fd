import type { Context } from 'hono'
import { can } from '#src/auth/permissions.ts'
import { actorOf } from '#src/http/actor.ts'
import { readInput, readTyped } from '#src/http/input.ts'
import { isFragment, type Page, redirect, render } from '#src/http/render.tsx'
import { type Env, route } from '#src/http/route.ts'
import {
  drawnForm,
  formTitle,
  freshRow,
  type Refusal,
  type RowContent,
  refusalOf,
  returnedRow,
  unsent,
} from '#src/http/row-form.ts'
import { notFound } from '#src/rejected.ts'
import { TypedParts } from '#src/settings/input.ts'
import { PARTS, partOf, type SettingsPart, valuesOf } from '#src/settings/parts.ts'
import { readSettings, type Settings } from '#src/settings/queries.ts'
import { changeSettings } from '#src/settings/service.ts'
import { PART_HEADINGS, partHref, partId, SETTINGS_PATH } from '#views/settings/parts.ts'
import { SettingsForm, SettingsFormPage, settingsHeading } from '#views/settings/settings-form.tsx'
import { SettingsPage, SettingsPanel } from '#views/settings/settings-page.tsx'
import { StatusLine } from '#views/ui/status-line.tsx'

const TITLE = 'Pengaturan'
const PART = `${SETTINGS_PATH}/:part`

export const settingsRoutes = [
  route('GET', SETTINGS_PATH, can.manageSettings, async (c) => {
    const settings = await readSettings(c.get('system').db)
    const saved = PARTS.find((part) => part === c.req.query('saved')) ?? null
    const announcement = saved ? savedWords(saved) : undefined
    return render(
      c,
      { title: TITLE, announcement },
      <SettingsPage settings={settings} saved={saved} />,
    )
  }),

  // The panel, for whoever gives up changing it; as a page it stands among the others.
  route('GET', PART, can.manageSettings, async (c) => {
    const part = readPart(c)
    if (!isFragment(c)) return redirect(c, `${SETTINGS_PATH}#${partId(part)}`)
    const settings = await readSettings(c.get('system').db)
    return render(c, { title: TITLE }, <SettingsPanel part={part} settings={settings} />)
  }),

  route('GET', `${PART}/edit`, can.manageSettings, async (c) => {
    const part = readPart(c)
    const settings = await readSettings(c.get('system').db)
    return showForm(c, part, freshRow(valuesOf(settings, part), partOf(settings, part)))
  }),

  route(
    'POST',
    PART,
    can.manageSettings,
    async (c) => {
      const part = readPart(c)
      try {
        const { change, version, requestId } = await readInput(c, 'form', TypedParts[part])
        const by = {
          actor: actorOf(c),
          request: { id: requestId, endpoint: `POST ${partHref(part)}` },
        }
        const seen = { part, version }
        const { settings } = await changeSettings(c.get('system'), by, change, seen)
        return showSaved(c, part, settings)
      } catch (error) {
        return showRefusal(c, part, refusalOf(c, error))
      }
    },
    { refill: (c, why) => showRefusal(c, readPart(c), unsent(why)) },
  ),
]

/** Throws Rejected 404 where there is no such part. */
function readPart(c: Context<Env>): SettingsPart {
  const part = PARTS.find((one) => one === c.req.param('part'))
  if (!part) throw notFound()
  return part
}

function showForm(
  c: Context<Env>,
  part: SettingsPart,
  content: RowContent,
  status: Page['status'] = 200,
): Promise<Response> {
  const form = drawnForm(c, content, {
    id: partId(part),
    action: partHref(part),
  })
  const heading = settingsHeading(part)
  return render(
    c,
    { title: formTitle(content, heading), status },
    form.isInline ? (
      <SettingsForm part={part} form={form} />
    ) : (
      <SettingsFormPage part={part} form={form} />
    ),
  )
}

async function showRefusal(c: Context<Env>, part: SettingsPart, why: Refusal): Promise<Response> {
  const settings = await readSettings(c.get('system').db)
  const fresh = { values: valuesOf(settings, part), record: partOf(settings, part) }
  return showForm(c, part, returnedRow(await readTyped(c), fresh, why), why.status)
}

function showSaved(c: Context<Env>, part: SettingsPart, settings: Settings) {
  if (!isFragment(c)) return redirect(c, `${SETTINGS_PATH}?saved=${part}#${partId(part)}`)
  return render(
    c,
    { title: TITLE },
    <>
      <SettingsPanel part={part} settings={settings} isNew />
      <StatusLine>{savedWords(part)}</StatusLine>
    </>,
  )
}

const savedWords = (part: SettingsPart) => (
  <>
    <strong>Tersimpan:</strong> {PART_HEADINGS[part].toLowerCase()}.
  </>
)
