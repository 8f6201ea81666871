/** The office's own identity provider. `match`: `email`, or the name of the claim that holds the NIP. `trustMfa`: its word that it asked for two factors counts. */
export type OidcSettings = { issuer: string; clientId: string; clientSecret: string; name: string; match: string; trustMfa: boolean };
