/** Stems of the passwords that lists of stolen ones put first, in French and English; digits and signs around them change nothing. */
const stems = new Set(
  `motdepasse password passw0rd azerty azertyuiop azertyui qwerty qwertyuiop qwertzuiop letmein welcome bienvenue bonjour bonjourbonjour soleil soleilsoleil
  iloveyou jetaime jetaimejetaime doudou doudoudoudou chouchou loulou marseille olympique footballfootball football baseball superman batman princess princesse
  administrator administrateur admin adminadmin administrateuradmin changeme changemeplease changezmoi secret secretsecret monmotdepasse monsecret test testtest testtesttest
  trustno dragon monkey sunshine shadow master masterkey whatever starwars pokemon naruto minecraft jesus jesuschrist maman mamanpapa papamaman mamanmaman
  voisin voisins voisinvoisin palier palierpalier residence entraide demodemo france parisparis francefrance nicolas camille chocolat vacances
  motdepassemotdepasse passwordpassword qazwsxedc qazwsx zaqwsx aqwzsx aqwzsxedc wxcvbn azertyazerty qwertyqwerty abcdefghij abcdefghijkl abcdefgh abcabcabc asdfghjkl qsdfghjklm`
    .split(/\s+/)
    .filter(Boolean),
);

const runs = [
  '01234567890123456789',
  '98765432109876543210',
  'abcdefghijklmnopqrstuvwxyz',
  'azertyuiopqsdfghjklmwxcvbn',
  'qwertyuiopasdfghjklzxcvbnm',
];

/** Whether a password is among those tried first: a well-known word dressed with digits, a run of the keyboard, or one pattern repeated. */
export const isCommonPassword = (password: string): boolean => {
  const plain = password.toLowerCase();
  if (runs.some((run) => run.includes(plain))) return true;
  if (/^(.{1,4})\1+.{0,3}$/s.test(plain)) return true;
  const letters = plain.replaceAll('@', 'a').replaceAll('$', 's').replaceAll(/\P{L}/gu, '');
  return stems.has(letters) || (letters.length === 0 && new Set(plain).size <= 5);
};
