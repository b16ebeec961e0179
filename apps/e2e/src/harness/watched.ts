/** Somebody on the watch, in words found nowhere else; whoever is sent one, the last search of the run knows. */
export const watched = {
  firstName: 'Zulmerinde',
  name: 'Zulmerinde Okapivrac',
  door: 'verrouazur',
  phone: '04 50 07 31 77',
  contact: 'Clothaldine',
  contactPhone: '04 50 07 31 88',
};

/** Residents of one residence, by their part in it. */
export const parts = { person: 15, reader: 18, volunteer: 16, otherVolunteer: 17 };
