import { randomUUID } from 'node:crypto'
import type { Context } from 'hono'
import { can } from '#src/auth/permissions.ts'
import { actorOf } from '#src/http/actor.ts'
import { readInput, readTyped } from '#src/http/input.ts'
import { redirect, render } from '#src/http/render.tsx'
import { type Env, route } from '#src/http/route.ts'
import { Rejected } from '#src/rejected.ts'
import { TypedSettings } from '#src/settings/input.ts'
import { readSettings, type Settings, SIGNATURES } from '#src/settings/queries.ts'
import { changeSettings } from '#src/settings/service.ts'
import { SETTINGS_PATH, SettingsPage, type SettingsValues } from '#views/settings/settings-page.tsx'

const CHANGED_AFTER_SAVING =
  'Formulir ini sudah dikirim dengan isi yang lain. Periksa, lalu simpan sekali lagi.'

export const settingsRoutes = [
  route('GET', SETTINGS_PATH, can.manageSettings, async (c) => {
    const values = valuesOf(await readSettings(c.var.system.db))
    const announcement =
      c.req.query('saved') === '1' ? <strong>Pengaturan tersimpan.</strong> : undefined
    return show(c, { values, announcement })
  }),

  route(
    'POST',
    SETTINGS_PATH,
    can.manageSettings,
    async (c) => {
      try {
        const { settings, requestId } = await readInput(c, 'form', TypedSettings)
        const request = { id: requestId, endpoint: `POST ${SETTINGS_PATH}` }
        await changeSettings(c.var.system, { actor: actorOf(c), request }, settings)
        return redirect(c, `${SETTINGS_PATH}?saved=1`)
      } catch (error) {
        if (!(error instanceof Rejected) || ![409, 422].includes(error.status)) throw error
        return showRefusal(c, error)
      }
    },
    {
      async refill(c, { status, sentence }) {
        const values = await readTyped(c)
        const { requestId } = values
        return show(c, { values, status, errors: { '': sentence }, requestId })
      },
    },
  ),
]

/** A form whose key was used for something else gets a fresh one, so that sending it once more saves what it says. */
async function showRefusal(c: Context<Env>, refusal: Rejected): Promise<Response> {
  const values = await readTyped(c)
  if (refusal.status === 409) {
    return show(c, { values, status: 409, errors: { '': CHANGED_AFTER_SAVING } })
  }
  return show(c, { values, status: 422, errors: refusal.details, requestId: values.requestId })
}

type Shown = {
  values: SettingsValues
  status?: 200 | 403 | 409 | 422
  errors?: Record<string, string>
  requestId?: string | undefined
  announcement?: ReturnType<typeof SettingsPage> | undefined
}

function show(c: Context<Env>, { values, status = 200, errors = {}, ...shown }: Shown) {
  const title = Object.keys(errors).length === 0 ? 'Pengaturan' : 'Belum tersimpan · Pengaturan'
  return render(
    c,
    { title, status, ...(shown.announcement && { announcement: shown.announcement }) },
    <SettingsPage
      formToken={c.var.formToken}
      requestId={shown.requestId || randomUUID()}
      values={values}
      errors={errors}
    />,
  )
}

function valuesOf({ companyName, alertRecipients, signatories }: Settings): SettingsValues {
  const people = SIGNATURES.flatMap((signature) =>
    Object.entries(signatories[signature]).map(([part, value]) => [
      `signatories.${signature}.${part}`,
      value,
    ]),
  )
  return {
    companyName,
    alertRecipients: alertRecipients.join('\n'),
    ...Object.fromEntries(people),
  }
}
