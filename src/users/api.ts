import { z } from 'zod'
import { can } from '#src/auth/permissions.ts'
import { answer, made } from '#src/http/answers.ts'
import { apiRoute } from '#src/http/api-route.ts'
import { RecordPath } from '#src/http/input.ts'
import { UserAnswer } from '#src/users/answers.ts'
import { UserChange, UserInput } from '#src/users/input.ts'
import { listUsers } from '#src/users/queries.ts'
import { changeUser, createUser } from '#src/users/service.ts'

export const usersApi = [
  apiRoute(
    'GET',
    '/api/users',
    can.manageUsers,
    {
      operationId: 'listUsers',
      tag: 'Pengguna',
      summary: 'Semua pengguna',
      answers: { 200: answer('Menurut nama.', z.array(UserAnswer)) },
    },
    async (c) => c.json({ data: await listUsers(c.get('system').db) }),
  ),

  apiRoute(
    'POST',
    '/api/users',
    can.manageUsers,
    {
      operationId: 'createUser',
      tag: 'Pengguna',
      summary: 'Menambah pengguna',
      description: 'Kata sandinya diganti sendiri oleh orang itu saat pertama kali masuk.',
      json: UserInput,
      isKeyed: true,
      answers: made('Ditambahkan.', UserAnswer),
    },
    async (c, { json, by }) => {
      const person = { ...json, mustChangePassword: true }
      const { user, isRepeat } = await createUser(c.get('system'), by, person)
      return c.json({ data: user }, isRepeat ? 200 : 201)
    },
  ),

  apiRoute(
    'PATCH',
    '/api/users/:id',
    can.manageUsers,
    {
      operationId: 'changeUser',
      tag: 'Pengguna',
      summary: 'Mengubah pengguna',
      description:
        'Peran, lokasi atau kata sandi yang baru mengakhiri semua sesinya. Kata sandi sendiri diganti lewat POST /api/auth/password.',
      path: RecordPath,
      json: UserChange,
      isKeyed: true,
      answers: { 200: answer('Sesudah diubah.', UserAnswer) },
    },
    async (c, { path, json, by }) => {
      const { user } = await changeUser(c.get('system'), by, { ...path, change: json })
      return c.json({ data: user })
    },
  ),

  // Nobody who ever wrote disappears: deleting a user deactivates the account.
  apiRoute(
    'DELETE',
    '/api/users/:id',
    can.manageUsers,
    {
      operationId: 'deactivateUser',
      tag: 'Pengguna',
      summary: 'Menonaktifkan pengguna',
      description: 'Namanya tetap ada pada catatannya; sesinya berakhir.',
      path: RecordPath,
      isKeyed: true,
      answers: { 200: answer('Sesudah dinonaktifkan.', UserAnswer) },
    },
    async (c, { path, by }) => {
      const { user } = await changeUser(c.get('system'), by, { ...path, change: { active: false } })
      return c.json({ data: user })
    },
  ),
]
