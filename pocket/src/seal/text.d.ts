/** The word list is data that ships with Leanto: read by Python and, as text inside the build, by the pocket. */
declare module "*.txt" {
  const text: string
  export default text
}
