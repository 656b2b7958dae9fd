import { can } from '#src/auth/permissions.ts'
import { actorOf, byWhom } from '#src/http/actor.ts'
import { readId, readInput } from '#src/http/input.ts'
import { route } from '#src/http/route.ts'
import { LocationChange, LocationInput } from '#src/locations/input.ts'
import { listLocations } from '#src/locations/queries.ts'
import {
  changeLocation,
  createLocation,
  type LocationRecord,
  recordOf,
} from '#src/locations/service.ts'

export const locationsApi = [
  route('GET', '/api/locations', can.manageLocations, async (c) => {
    const locations = await listLocations(c.var.system.db, actorOf(c))
    return c.json({ data: locations.map(recordOf).map(locationJson) })
  }),

  route('POST', '/api/locations', can.manageLocations, async (c) => {
    const input = await readInput(c, 'json', LocationInput)
    const { location, isRepeat } = await createLocation(c.var.system, byWhom(c), input)
    return c.json({ data: locationJson(location) }, isRepeat ? 200 : 201)
  }),

  route('PATCH', '/api/locations/:id', can.manageLocations, async (c) => {
    const change = await readInput(c, 'json', LocationChange)
    const target = { id: readId(c), change }
    const { location } = await changeLocation(c.var.system, byWhom(c), target)
    return c.json({ data: locationJson(location) })
  }),
]

function locationJson({ capacityLitres, lowStockLitres, ...rest }: LocationRecord) {
  return { ...rest, capacity: capacityLitres, lowStockThreshold: lowStockLitres }
}
