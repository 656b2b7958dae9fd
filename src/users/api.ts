import { can } from '#src/auth/permissions.ts'
import { byWhom } from '#src/http/actor.ts'
import { readId, readInput } from '#src/http/input.ts'
import { route } from '#src/http/route.ts'
import { UserChange, UserInput } from '#src/users/input.ts'
import { listUsers } from '#src/users/queries.ts'
import { changeUser, createUser } from '#src/users/service.ts'

export const usersApi = [
  route('GET', '/api/users', can.manageUsers, async (c) => {
    return c.json({ data: await listUsers(c.var.system.db) })
  }),

  route('POST', '/api/users', can.manageUsers, async (c) => {
    const input = await readInput(c, 'json', UserInput)
    const person = { ...input, mustChangePassword: true }
    const { user, isRepeat } = await createUser(c.var.system, byWhom(c), person)
    return c.json({ data: user }, isRepeat ? 200 : 201)
  }),

  route('PATCH', '/api/users/:id', can.manageUsers, async (c) => {
    const change = await readInput(c, 'json', UserChange)
    const { user } = await changeUser(c.var.system, byWhom(c), { id: readId(c), change })
    return c.json({ data: user })
  }),

  // Nobody who ever wrote disappears: deleting a user deactivates the account.
  route('DELETE', '/api/users/:id', can.manageUsers, async (c) => {
    const change = { active: false }
    const { user } = await changeUser(c.var.system, byWhom(c), { id: readId(c), change })
    return c.json({ data: user })
  }),
]
