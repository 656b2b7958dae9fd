import { z } from 'zod'
import { typedRequestId } from '#src/http/input.ts'
import { newPassword, UserInput } from '#src/users/input.ts'

const { name } = UserInput.shape
const oldPassword = z
  .string('Isi kata sandi lama.')
  .min(1, 'Isi kata sandi lama.')
  .max(1000)
  .meta({ description: 'Kata sandi sekarang.', format: 'password' })

/** What `PATCH /api/auth/me` may carry: role, location and address are the admin's to change. */
export const OwnName = z.strictObject({ name }).meta({
  id: 'OwnName',
  description: 'Nama yang baru.',
  examples: [{ name: 'Sari Wulandari' }],
})

/** What `POST /api/auth/password` carries. */
export const OwnPassword = z.strictObject({ oldPassword, newPassword }).meta({
  id: 'OwnPassword',
  description: 'Kata sandi yang lama dan yang baru.',
  examples: [{ oldPassword: 'empat kata yang lama', newPassword: 'empat kata yang baru' }],
})
export type OwnPassword = z.output<typeof OwnPassword>

/** The forms of the same. Whatever else a form carries is not looked at. */
export const TypedName = z.object({ name, requestId: typedRequestId })
export const TypedPassword = z.object({ oldPassword, newPassword, requestId: typedRequestId })

/** Which session is to end: one by its id, or all others. */
export const TypedEnding = z.object({ session: z.string().max(64), requestId: typedRequestId })
