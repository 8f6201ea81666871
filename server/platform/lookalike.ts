// Letters that only look Latin, folded to what they look like. Accents, fullwidth, mathematical and superscript letters fold by NFKD already; these
// do not (Unicode TR 39, confusables: Cyrillic, Greek, Armenian, Cherokee, small capitals and other Latin). Pure.

const LOOKALIKES: Readonly<Record<string, string>> = Object.fromEntries(
  (
    [
      ['a', 'аɑαᴀⱥӑӓꭺ'],
      ['b', 'Ьвьᴃʙβƀɓꮟᏼ'],
      ['c', 'сϲᴄƈҫꮯ'],
      ['d', 'ԁɗđᴅժꮷꭰɖ'],
      ['e', 'еєεᴇҽəɛꭼℯ'],
      ['f', 'ƒꞙғϝք'],
      ['g', 'ɡɢցƍġꮐ'],
      ['h', 'һнʜհɦђћꮋ'],
      ['i', 'іıɩιӏɪɨꙇꭵ'],
      ['j', 'јϳᴊյʝɉꭻ'],
      ['k', 'кκᴋƙқҝꮶ'],
      ['l', 'ⅼʟłɭӀǀꮮ'],
      ['m', 'мᴍɱꮇ'],
      ['n', 'ոηɴռпŋꞑƞɲ'],
      ['o', 'оοσօᴏøɵѳөഠംꮎ'],
      ['p', 'рρᴘþƿꮲ'],
      ['q', 'ԛգզɋ'],
      ['r', 'гʀᴦɼɾꭇꮁг'],
      ['s', 'ѕꜱʂƽꮪ'],
      ['t', 'тτᴛƭŧꭲ'],
      ['u', 'υսᴜʋцꭎꞟ'],
      ['v', 'ѵνᴠѷꮩ'],
      ['w', 'ԝωᴡѡɯաꮃ'],
      ['x', 'хχҳ×'],
      ['y', 'уүγʏɣүყꭚƴ'],
      ['z', 'ᴢȥʐƶꮓ'],
    ] as const
  ).flatMap(([latin, others]) => Array.from(others, (other) => [other.toLowerCase(), latin])),
);

/** Capitals that look like another letter than their small ones do. */
const CAPITALS: Readonly<Record<string, string>> = { Η: 'h', Ν: 'n', Υ: 'y', Ζ: 'z', Μ: 'm', Β: 'b' };

/** Letters and digits only, as they look: case, accents, scripts, spaces and what cannot be seen make no difference. */
export const fold = (text: string): string =>
  Array.from(Array.from(text.normalize('NFKD'), (letter) => CAPITALS[letter] ?? letter.toLowerCase()).join(''), (letter) => LOOKALIKES[letter] ?? letter)
    .join('')
    .replace(/[^\p{L}\p{N}]/gu, '');
