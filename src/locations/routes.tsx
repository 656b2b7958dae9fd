import type { Context } from 'hono'
import { can } from '#src/auth/permissions.ts'
import { listConsumers } from '#src/consumers/queries.ts'
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
import { TypedLocation } from '#src/locations/input.ts'
import { countClerks, type LocationView, listLocations, loadPlace } from '#src/locations/queries.ts'
import { changeLocation, createLocation, recordOf } from '#src/locations/service.ts'
import { formatRound, type Litres } from '#src/units/litres.ts'
import { ConsumerSaved } from '#views/consumers/consumer-saved.tsx'
import { locationRowId } from '#views/ids.ts'
import {
  LocationEditPage,
  LocationEditRow,
  locationHeading,
} from '#views/locations/location-edit-row.tsx'
import { LocationPage } from '#views/locations/location-page.tsx'
import { type LocationEntry, LocationRow } from '#views/locations/location-row.tsx'
import { LocationSaved } from '#views/locations/location-saved.tsx'
import { LocationsPage } from '#views/locations/locations-page.tsx'
import { LOCATIONS_PATH, locationHref, NEW_LOCATION_PATH, PLACE } from '#views/locations/paths.ts'
import { StatusLine } from '#views/ui/status-line.tsx'

const TITLE = 'Lokasi'

export const locationRoutes = [
  route('GET', LOCATIONS_PATH, can.manageLocations, async (c) => {
    const locations = await listLocations(c.get('system').db, actorOf(c))
    const saved = locations.find(({ id }) => String(id) === c.req.query('saved'))
    const announcement = saved ? await savedWords(c, saved) : undefined
    return render(
      c,
      { title: TITLE, announcement },
      <LocationsPage locations={locations.map(entryOf)} savedId={saved?.id ?? null} />,
    )
  }),

  route('GET', NEW_LOCATION_PATH, can.manageLocations, (c) =>
    showForm(c, null, freshRow(valuesOf(null), null)),
  ),

  route(
    'POST',
    LOCATIONS_PATH,
    can.manageLocations,
    async (c) => {
      try {
        const { location: input, requestId } = await readInput(c, 'form', TypedLocation)
        const request = { id: requestId, endpoint: `POST ${LOCATIONS_PATH}` }
        const by = { actor: actorOf(c), request }
        const { location } = await createLocation(c.get('system'), by, input)
        return showSaved(c, location.id, { isAdded: true })
      } catch (error) {
        return showRefusal(c, null, refusalOf(c, error))
      }
    },
    { refill: (c, why) => showRefusal(c, null, unsent(why)) },
  ),

  // The page of a location, and its row for whoever gives up changing it.
  route('GET', PLACE, can.manageLocations, async (c) => {
    const { db } = c.get('system')
    const location = await loadPlace(db, actorOf(c), readId(c))
    if (isFragment(c))
      return render(c, { title: TITLE }, <LocationRow location={entryOf(location)} />)
    const consumers = await listConsumers(db, location.id)
    const saved = consumers.find(({ id }) => String(id) === c.req.query('saved'))
    const shown = { ...entryOf(location), balance: location.balance }
    return render(
      c,
      { title: location.code, announcement: saved && <ConsumerSaved {...saved} /> },
      <LocationPage location={shown} consumers={consumers} savedId={saved?.id ?? null} />,
    )
  }),

  route('GET', `${PLACE}/edit`, can.manageLocations, async (c) => {
    const location = await loadPlace(c.get('system').db, actorOf(c), readId(c))
    return showForm(c, location, freshRow(valuesOf(location), recordOf(location)))
  }),

  route(
    'POST',
    PLACE,
    can.manageLocations,
    async (c) => {
      const id = readId(c)
      try {
        const { location: change, version, requestId } = await readInput(c, 'form', TypedLocation)
        const request = { id: requestId, endpoint: `POST ${locationHref(id)}` }
        const by = { actor: actorOf(c), request }
        await changeLocation(c.get('system'), by, { id, change, version })
        return showSaved(c, id)
      } catch (error) {
        return showRefusal(c, id, refusalOf(c, error))
      }
    },
    { refill: (c, why) => showRefusal(c, readId(c), unsent(why)) },
  ),
]

function showForm(
  c: Context<Env>,
  location: LocationView | null,
  content: RowContent,
  status: Page['status'] = 200,
): Promise<Response> {
  const form = drawnForm(c, content, {
    id: locationRowId(location?.id ?? 'new'),
    action: location ? locationHref(location.id) : LOCATIONS_PATH,
  })
  const heading = locationHeading(location)
  return render(
    c,
    { title: formTitle(content, heading), status },
    form.isInline ? (
      <LocationEditRow form={form} location={location} />
    ) : (
      <LocationEditPage form={form} location={location} />
    ),
  )
}

/** Throws Rejected 404 where there is no location of this number; null is a new one. */
async function showRefusal(c: Context<Env>, id: number | null, why: Refusal): Promise<Response> {
  const location = id === null ? null : await loadPlace(c.get('system').db, actorOf(c), id)
  const fresh = { values: valuesOf(location), record: location && recordOf(location) }
  return showForm(c, location, returnedRow(await readTyped(c), fresh, why), why.status)
}

async function showSaved(c: Context<Env>, id: number, { isAdded = false } = {}): Promise<Response> {
  if (!isFragment(c)) return redirect(c, `${LOCATIONS_PATH}?saved=${id}#${locationRowId(id)}`)
  const location = await loadPlace(c.get('system').db, actorOf(c), id)
  return render(
    c,
    { title: TITLE },
    <>
      <LocationRow location={entryOf(location)} isNew />
      <StatusLine>{await savedWords(c, location, isAdded)}</StatusLine>
    </>,
  )
}

async function savedWords(c: Context<Env>, location: LocationView, isAdded = false) {
  const { id, code, active, balance } = location
  const clerks = active ? 0 : await countClerks(c.get('system').db, id)
  return <LocationSaved {...{ code, active, balance, clerks, isAdded }} />
}

const entryOf = ({ consumers, ...location }: LocationView): LocationEntry => ({
  ...location,
  consumers: consumers.length,
})

/** What the form says of a location; a new one is in use. */
function valuesOf(location: LocationView | null): Record<string, string> {
  const limit = (litres: Litres | null = null) => (litres === null ? '' : formatRound(litres))
  return {
    code: location?.code ?? '',
    name: location?.name ?? '',
    capacity: limit(location?.capacityLitres),
    lowStockThreshold: limit(location?.lowStockLitres),
    active: location?.active === false ? '' : 'true',
  }
}
