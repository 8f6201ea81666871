declare module 'virtual:background-files' {
  const folder: string;
  export default folder;
}
