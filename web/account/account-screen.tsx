// Akun: who I am here, my password, where I am signed in, my language.
import type { ReactNode } from 'react';
import { useWords } from '../platform/words.ts';
import { useMe } from '../platform/session.tsx';
import { ButtonLink } from '../ui/button.tsx';
import { Page, Section } from '../ui/page.tsx';
import { LanguageSwitch } from '../ui/language-switch.tsx';
import { accountWords } from '../words/account.ts';
import { PasswordForm } from './password-form.tsx';
import { Devices } from './devices.tsx';
import { SignIns } from './sign-ins.tsx';
import './account.css';

/** `ringing`: whether this device rings while the portal is closed. `calendar`: the address that calendar programs read. `security`: second factors. */
export default function AccountScreen({ ringing, calendar, security }: { ringing: ReactNode; calendar: ReactNode; security: ReactNode }) {
  const w = useWords(accountWords);
  const me = useMe();
  const facts: [string, string][] = [
    ['OPD', me.opd?.name ?? ''],
    [w.positions, me.positions.map((held) => held.label).join('; ')],
    [w.email, me.email ?? ''],
    [w.roles, me.roles.map((role) => w.roleNames[role]).join(', ')],
  ];
  return (
    <Page title={w.title} under={me.name} narrow>
      <dl className="facts">
        {facts
          .filter(([, fact]) => fact !== '')
          .map(([name, fact]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{fact}</dd>
            </div>
          ))}
      </dl>
      {ringing}
      <Section title={w.notices}>
        <p className="section-note">{w.noticesText}</p>
        <ButtonLink to="/pemberitahuan/atur">{w.noticesLink}</ButtonLink>
      </Section>
      <Section title={w.calendar}>{calendar}</Section>
      <Section title={w.password}>
        <PasswordForm />
      </Section>
      <Section title={w.security}>{security}</Section>
      <Section title={w.devices}>
        <Devices />
      </Section>
      <Section title={w.signIns}>
        <SignIns />
      </Section>
      <Section title={w.language}>
        <LanguageSwitch />
      </Section>
    </Page>
  );
}
