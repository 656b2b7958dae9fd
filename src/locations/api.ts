import { z } from 'zod'
import { can } from '#src/auth/permissions.ts'
import { actorOf } from '#src/http/actor.ts'
import { answer, made } from '#src/http/answers.ts'
import { apiRoute } from '#src/http/api-route.ts'
import { RecordPath } from '#src/http/input.ts'
import { LocationAnswer } from '#src/locations/answers.ts'
import { LocationChange, LocationInput } from '#src/locations/input.ts'
import { listLocations } from '#src/locations/queries.ts'
import {
  changeLocation,
  createLocation,
  type LocationRecord,
  recordOf,
} from '#src/locations/service.ts'

export const locationsApi = [
  apiRoute(
    'GET',
    '/api/locations',
    can.manageLocations,
    {
      operationId: 'listLocations',
      tag: 'Lokasi',
      summary: 'Semua lokasi',
      answers: { 200: answer('Menurut kode.', z.array(LocationAnswer)) },
    },
    async (c) => {
      const locations = await listLocations(c.get('system').db, actorOf(c))
      return c.json({ data: locations.map(recordOf).map(locationJson) })
    },
  ),

  apiRoute(
    'POST',
    '/api/locations',
    can.manageLocations,
    {
      operationId: 'createLocation',
      tag: 'Lokasi',
      summary: 'Membuat lokasi',
      json: LocationInput,
      isKeyed: true,
      answers: made('Dibuat.', LocationAnswer),
    },
    async (c, { json, by }) => {
      const { location, isRepeat } = await createLocation(c.get('system'), by, json)
      return c.json({ data: locationJson(location) }, isRepeat ? 200 : 201)
    },
  ),

  apiRoute(
    'PATCH',
    '/api/locations/:id',
    can.manageLocations,
    {
      operationId: 'changeLocation',
      tag: 'Lokasi',
      summary: 'Mengubah lokasi',
      path: RecordPath,
      json: LocationChange,
      isKeyed: true,
      answers: { 200: answer('Sesudah diubah.', LocationAnswer) },
    },
    async (c, { path, json, by }) => {
      const { location } = await changeLocation(c.get('system'), by, { ...path, change: json })
      return c.json({ data: locationJson(location) })
    },
  ),
]

function locationJson({
  capacityLitres,
  lowStockLitres,
  ...rest
}: LocationRecord): z.input<typeof LocationAnswer> {
  return { ...rest, capacity: capacityLitres, lowStockThreshold: lowStockLitres }
}
