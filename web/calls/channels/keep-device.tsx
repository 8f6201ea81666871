// Stands unseen in the signed-in office.
import { useEffect } from 'react';
import { useLanguage } from '../../platform/words.ts';
import { keepOwnDevice } from './own-device.ts';

export default function KeepDevice() {
  const language = useLanguage();
  useEffect(() => {
    // Whatever fails here is tried at the next opening; Akun says how things stand.
    keepOwnDevice(language).catch(() => {});
  }, [language]);
  return null;
}
