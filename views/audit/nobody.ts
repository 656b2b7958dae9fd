/** Who changes something where nobody is named: the first start, or a person at the shell. */
export const SYSTEM = 'Sistem'

/** Who signs in under an address that no account has. */
export const STRANGER = 'Tidak dikenal'
