import { can } from '#src/auth/permissions.ts'
import { ConsumerChange, ConsumerInput } from '#src/consumers/input.ts'
import { type ConsumerView, listConsumers } from '#src/consumers/queries.ts'
import { changeConsumer, createConsumer } from '#src/consumers/service.ts'
import { actorOf, byWhom } from '#src/http/actor.ts'
import { readId, readInput } from '#src/http/input.ts'
import { route } from '#src/http/route.ts'
import { loadPlace } from '#src/locations/queries.ts'

export const consumersApi = [
  route('GET', '/api/locations/:id/consumers', can.manageLocations, async (c) => {
    const { db } = c.var.system
    const { id } = await loadPlace(db, actorOf(c), readId(c))
    return c.json({ data: (await listConsumers(db, id)).map(consumerJson) })
  }),

  route('POST', '/api/locations/:id/consumers', can.manageLocations, async (c) => {
    const input = await readInput(c, 'json', ConsumerInput)
    const place = { locationId: readId(c), input }
    const { consumer, isRepeat } = await createConsumer(c.var.system, byWhom(c), place)
    return c.json({ data: consumerJson(consumer) }, isRepeat ? 200 : 201)
  }),

  route('PATCH', '/api/consumers/:id', can.manageLocations, async (c) => {
    const change = await readInput(c, 'json', ConsumerChange)
    const target = { id: readId(c), change }
    const { consumer } = await changeConsumer(c.var.system, byWhom(c), target)
    return c.json({ data: consumerJson(consumer) })
  }),
]

function consumerJson({ locationId: _, powerKilowatts, ...rest }: ConsumerView) {
  return { ...rest, power: powerKilowatts }
}
