import { createConnection } from 'mysql2/promise'

/** What migrates: root has no password, since only root and the server's own account reach the socket. */
const MIGRATION_USER = 'root'
const APP_USER = 'bbm_app'
const DATABASE = 'bbm'
const ACCESS_DENIED = 1045

/**
 * The addresses of a running server for its two accounts. The app's account is made where it is missing, and given this
 * password where it has another; what it may do is granted with the migrations.
 */
export async function openAccounts(
  socket: string,
  password: string,
): Promise<{ url: string; migrationUrl: string }> {
  if (!(await canSignIn(socket, password))) await makeAccount(socket, password)
  return {
    url: addressOf(`${APP_USER}:${encodeURIComponent(password)}`, socket),
    migrationUrl: addressOf(MIGRATION_USER, socket),
  }
}

async function canSignIn(socketPath: string, password: string): Promise<boolean> {
  try {
    const connection = await createConnection({ user: APP_USER, password, socketPath })
    connection.destroy()
    return true
  } catch (error) {
    if (error instanceof Error && 'errno' in error && error.errno === ACCESS_DENIED) return false
    throw error
  }
}

async function makeAccount(socketPath: string, password: string): Promise<void> {
  const root = await createConnection({ user: MIGRATION_USER, socketPath })
  const account = `${root.escape(APP_USER)}@'localhost' IDENTIFIED BY ${root.escape(password)}`
  try {
    await root.query(`CREATE USER IF NOT EXISTS ${account}`)
    await root.query(`ALTER USER ${account}`)
  } finally {
    root.destroy()
  }
}

const addressOf = (user: string, socket: string): string =>
  `mysql://${user}@localhost/${DATABASE}?socket=${socket.split('/').map(encodeURIComponent).join('/')}`
