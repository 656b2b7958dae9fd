import { z } from 'zod'
import { can } from '#src/auth/permissions.ts'
import { ConsumerAnswer } from '#src/consumers/answers.ts'
import { ConsumerChange, ConsumerInput } from '#src/consumers/input.ts'
import { type ConsumerView, listConsumers } from '#src/consumers/queries.ts'
import { changeConsumer, createConsumer } from '#src/consumers/service.ts'
import { actorOf } from '#src/http/actor.ts'
import { answer, made } from '#src/http/answers.ts'
import { apiRoute } from '#src/http/api-route.ts'
import { RecordPath } from '#src/http/input.ts'
import { loadPlace } from '#src/locations/queries.ts'

export const consumersApi = [
  apiRoute(
    'GET',
    '/api/locations/:id/consumers',
    can.manageLocations,
    {
      operationId: 'listConsumers',
      tag: 'Lokasi',
      summary: 'Genset dan kapal sebuah lokasi',
      path: RecordPath,
      answers: { 200: answer('Menurut nama.', z.array(ConsumerAnswer)) },
    },
    async (c, { path }) => {
      const { db } = c.get('system')
      const { id } = await loadPlace(db, actorOf(c), path.id)
      return c.json({ data: (await listConsumers(db, id)).map(consumerJson) })
    },
  ),

  apiRoute(
    'POST',
    '/api/locations/:id/consumers',
    can.manageLocations,
    {
      operationId: 'createConsumer',
      tag: 'Lokasi',
      summary: 'Menambah genset atau kapal',
      path: RecordPath,
      json: ConsumerInput,
      isKeyed: true,
      answers: made('Ditambahkan.', ConsumerAnswer),
    },
    async (c, { path, json, by }) => {
      const place = { locationId: path.id, input: json }
      const { consumer, isRepeat } = await createConsumer(c.get('system'), by, place)
      return c.json({ data: consumerJson(consumer) }, isRepeat ? 200 : 201)
    },
  ),

  apiRoute(
    'PATCH',
    '/api/consumers/:id',
    can.manageLocations,
    {
      operationId: 'changeConsumer',
      tag: 'Lokasi',
      summary: 'Mengubah genset atau kapal',
      path: RecordPath,
      json: ConsumerChange,
      isKeyed: true,
      answers: { 200: answer('Sesudah diubah.', ConsumerAnswer) },
    },
    async (c, { path, json, by }) => {
      const { consumer } = await changeConsumer(c.get('system'), by, { ...path, change: json })
      return c.json({ data: consumerJson(consumer) })
    },
  ),
]

function consumerJson({
  locationId: _,
  powerKilowatts,
  ...rest
}: ConsumerView): z.input<typeof ConsumerAnswer> {
  return { ...rest, power: powerKilowatts }
}
