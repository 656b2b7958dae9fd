import type { ROLES } from '#src/database/schema/users.ts'

export type Role = (typeof ROLES)[number]

/** The person who asks. */
export type Actor = {
  id: number
  name: string
  email: string
  role: Role
  /** The one location of a clerk; null where the person works at all of them. */
  location: { id: number; code: string; name: string } | null
}

/** Who may use a route: anybody, or the roles listed. */
export type Permission = 'anyone' | readonly Role[]

const everyRole = ['operasional', 'supervisor', 'admin'] as const
const bookkeepers = ['supervisor', 'admin'] as const
const admins = ['admin'] as const

/** The one table of who may do what. A clerk's reach to one location is held by `mayReach` and the loaders. */
export const can = {
  signIn: 'anyone',
  useOwnSession: everyRole,
  viewStock: everyRole,
  recordUsage: everyRole,
  recordDelivery: bookkeepers,
  /** Clerks their own entries, for a day. */
  correctEntries: everyRole,
  correctAnyEntry: bookkeepers,
  recordOpening: bookkeepers,
  backdateFreely: bookkeepers,
  viewAudit: bookkeepers,
  manageUsers: admins,
  manageLocations: admins,
  importBooks: admins,
  manageSettings: admins,
} as const satisfies Record<string, Permission>

export function isAllowed(permission: Permission, actor: Actor | null): boolean {
  return permission === 'anyone' || (actor !== null && permission.includes(actor.role))
}

/** Whether this person may see and name the location with this code. */
export function mayReach(actor: Actor, locationCode: string): boolean {
  return actor.role !== 'operasional' || actor.location?.code === locationCode
}

export const ROLE_LABELS: Record<Role, string> = {
  admin: 'Admin',
  supervisor: 'Supervisor',
  operasional: 'Operasional',
}
