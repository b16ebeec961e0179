/** By department; where one commune differs, its own code comes first. Zones of the IANA database, 2026. */
const zones = new Map<string, string>(
  Object.entries({
    '971': 'America/Guadeloupe',
    '972': 'America/Martinique',
    '973': 'America/Cayenne',
    '974': 'Indian/Reunion',
    '975': 'America/Miquelon',
    '976': 'Indian/Mayotte',
    '977': 'America/St_Barthelemy',
    '978': 'America/Marigot',
    '984': 'Indian/Reunion', // Crozet, Éparses
    '98411': 'Indian/Kerguelen', // Saint-Paul et Nouvelle-Amsterdam
    '98412': 'Indian/Kerguelen',
    '98414': 'Antarctica/DumontDUrville',
    '986': 'Pacific/Wallis',
    '987': 'Pacific/Tahiti',
    '98718': 'Pacific/Marquesas', // Fatu-Hiva
    '98719': 'Pacific/Gambier',
    '98723': 'Pacific/Marquesas', // Hiva-Oa
    '98731': 'Pacific/Marquesas', // Nuku-Hiva
    '98746': 'Pacific/Marquesas', // Tahuata
    '98756': 'Pacific/Marquesas', // Ua-Huka
    '98757': 'Pacific/Marquesas', // Ua-Pou
    '988': 'Pacific/Noumea',
    '989': 'Etc/GMT+8', // Clipperton, UTC-8: the database has no zone for it
  }),
);

/** The IANA time zone in which a commune's nights and days are counted; Europe/Paris for the mainland, Corsica and any code not known. */
export const timeZoneOfCommune = (insee: string): string =>
  zones.get(insee) ?? zones.get(insee.slice(0, 3)) ?? 'Europe/Paris';
