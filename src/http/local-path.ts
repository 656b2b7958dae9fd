/** Only a path of ours is followed; anything that a browser could read as another host leads home. */
export function localPath(path: string | undefined): string {
  if (!path || !/^\/(?![/\\])[\x21-\x7e]*$/.test(path) || path.includes('\\')) return '/'
  const { origin, pathname, search } = new URL(path, 'http://local.invalid')
  return origin === 'http://local.invalid' && !pathname.startsWith('//')
    ? `${pathname}${search}`
    : '/'
}
