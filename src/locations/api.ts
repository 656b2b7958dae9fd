import { can } from '#src/auth/permissions.ts'
import { actorOf } from '#src/http/actor.ts'
import { readId, readInput } from '#src/http/input.ts'
import { route } from '#src/http/route.ts'
import { LocationChange, LocationInput } from '#src/locations/input.ts'
import { listLocations } from '#src/locations/queries.ts'
import { changeLocation, createLocation } from '#src/locations/service.ts'
import { type Litres, toDecimal } from '#src/units/litres.ts'

export const locationsApi = [
  route('GET', '/api/locations', can.manageLocations, async (c) => {
    const locations = await listLocations(c.var.system.db, actorOf(c))
    return c.json({ data: locations.map(locationJson) })
  }),

  route('POST', '/api/locations', can.manageLocations, async (c) => {
    const input = await readInput(c, 'json', LocationInput)
    return c.json(
      { data: locationJson(await createLocation(c.var.system, actorOf(c), input)) },
      201,
    )
  }),

  route('PATCH', '/api/locations/:id', can.manageLocations, async (c) => {
    const change = await readInput(c, 'json', LocationChange)
    return c.json({
      data: locationJson(await changeLocation(c.var.system, actorOf(c), { id: readId(c), change })),
    })
  }),
]

type LocationRow = {
  id: number
  code: string
  name: string
  capacityLitres: Litres | null
  lowStockLitres: Litres | null
  active: boolean
}

function locationJson({ id, code, name, capacityLitres, lowStockLitres, active }: LocationRow) {
  const decimal = (litres: Litres | null) => (litres === null ? null : toDecimal(litres))
  return {
    id,
    code,
    name,
    capacity: decimal(capacityLitres),
    lowStockThreshold: decimal(lowStockLitres),
    active,
  }
}
