import { icons, type IconName } from './icons.ts';

export const Icon = ({ name }: { name: IconName }) => (
  <svg viewBox="0 0 24 24" className="icon" aria-hidden="true">
    <path d={icons[name]} />
  </svg>
);
