import type { Context } from 'hono'
import { can } from '#src/auth/permissions.ts'
import { TypedConsumer } from '#src/consumers/input.ts'
import { type ConsumerView, findConsumer } from '#src/consumers/queries.ts'
import { changeConsumer, createConsumer } from '#src/consumers/service.ts'
import { actorOf } from '#src/http/actor.ts'
import { readId, readInput, readTyped } from '#src/http/input.ts'
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
import { loadPlace } from '#src/locations/queries.ts'
import { notFound } from '#src/rejected.ts'
import { groupThousands } from '#src/units/litres.ts'
import {
  ConsumerEditPage,
  ConsumerEditRow,
  consumerHeading,
} from '#views/consumers/consumer-edit-row.tsx'
import { ConsumerRow } from '#views/consumers/consumer-row.tsx'
import { ConsumerSaved } from '#views/consumers/consumer-saved.tsx'
import { consumerRowId } from '#views/ids.ts'
import { consumerHref, consumersHref, locationHref, PLACE } from '#views/locations/paths.ts'
import { StatusLine } from '#views/ui/status-line.tsx'

const TITLE = 'Genset dan kapal'
const CONSUMER = '/consumers/:id{[1-9][0-9]{0,14}}'

/** The location of a form; `consumer` is null where it adds one. */
type Place = { location: { id: number; code: string }; consumer: ConsumerView | null }

export const consumerRoutes = [
  route('GET', `${PLACE}/consumers/new`, can.manageLocations, async (c) => {
    const place = await placeOfNew(c)
    return showForm(c, place, freshRow(valuesOf(place), null))
  }),

  route(
    'POST',
    `${PLACE}/consumers`,
    can.manageLocations,
    async (c) => {
      const locationId = readId(c)
      try {
        const { consumer: input, requestId } = await readInput(c, 'form', TypedConsumer)
        const request = { id: requestId, endpoint: `POST ${consumersHref(locationId)}` }
        const by = { actor: actorOf(c), request }
        const { consumer } = await createConsumer(c.get('system'), by, { locationId, input })
        return showSaved(c, consumer, { isAdded: true })
      } catch (error) {
        return showRefusal(c, await placeOfNew(c), refusalOf(c, error))
      }
    },
    { refill: async (c, why) => showRefusal(c, await placeOfNew(c), unsent(why)) },
  ),

  // The row, for whoever gives up changing it; as a page it stands in its location's.
  route('GET', CONSUMER, can.manageLocations, async (c) => {
    const consumer = await loadConsumer(c)
    if (isFragment(c)) return render(c, { title: TITLE }, <ConsumerRow consumer={consumer} />)
    return redirect(c, `${locationHref(consumer.locationId)}#${consumerRowId(consumer.id)}`)
  }),

  route('GET', `${CONSUMER}/edit`, can.manageLocations, async (c) => {
    const consumer = await loadConsumer(c)
    const place = placeOf(consumer)
    return showForm(c, place, freshRow(valuesOf(place), consumer))
  }),

  route(
    'POST',
    CONSUMER,
    can.manageLocations,
    async (c) => {
      const id = readId(c)
      try {
        const { consumer: change, version, requestId } = await readInput(c, 'form', TypedConsumer)
        const request = { id: requestId, endpoint: `POST ${consumerHref(id)}` }
        const by = { actor: actorOf(c), request }
        const { consumer } = await changeConsumer(c.get('system'), by, { id, change, version })
        return showSaved(c, consumer)
      } catch (error) {
        return showRefusal(c, placeOf(await loadConsumer(c)), refusalOf(c, error))
      }
    },
    { refill: async (c, why) => showRefusal(c, placeOf(await loadConsumer(c)), unsent(why)) },
  ),
]

async function placeOfNew(c: Context<Env>): Promise<Place> {
  const location = await loadPlace(c.get('system').db, actorOf(c), readId(c))
  return { location, consumer: null }
}

const placeOf = (consumer: ConsumerView): Place => ({
  location: { id: consumer.locationId, code: consumer.location },
  consumer,
})

/** Throws Rejected 404 where there is none of this number. */
async function loadConsumer(c: Context<Env>): Promise<ConsumerView> {
  const consumer = await findConsumer(c.get('system').db, readId(c))
  if (!consumer) throw notFound()
  return consumer
}

function showForm(
  c: Context<Env>,
  place: Place,
  content: RowContent,
  status: Page['status'] = 200,
): Promise<Response> {
  const { location, consumer } = place
  const form = drawnForm(c, content, {
    id: consumerRowId(consumer?.id ?? 'new'),
    action: consumer ? consumerHref(consumer.id) : consumersHref(location.id),
  })
  const heading = consumerHeading(place)
  return render(
    c,
    { title: formTitle(content, heading), status },
    form.isInline ? (
      <ConsumerEditRow form={form} {...place} />
    ) : (
      <ConsumerEditPage form={form} {...place} />
    ),
  )
}

async function showRefusal(c: Context<Env>, place: Place, why: Refusal): Promise<Response> {
  const fresh = { values: valuesOf(place), record: place.consumer }
  return showForm(c, place, returnedRow(await readTyped(c), fresh, why), why.status)
}

function showSaved(c: Context<Env>, consumer: ConsumerView, { isAdded = false } = {}) {
  const { id, locationId } = consumer
  if (!isFragment(c))
    return redirect(c, `${locationHref(locationId)}?saved=${id}#${consumerRowId(id)}`)
  return render(
    c,
    { title: TITLE },
    <>
      <ConsumerRow consumer={consumer} isNew />
      <StatusLine>
        <ConsumerSaved {...consumer} isAdded={isAdded} />
      </StatusLine>
    </>,
  )
}

/** What the form says of a genset or tug; a new one is in use. */
function valuesOf({ consumer }: Place): Record<string, string> {
  const { name = '', kind = 'genset', powerKilowatts = null, active = true } = consumer ?? {}
  return {
    name,
    kind,
    power: powerKilowatts === null ? '' : groupThousands(String(powerKilowatts)),
    active: active ? 'true' : '',
  }
}
