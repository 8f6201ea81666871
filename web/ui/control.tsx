// One control of a room: an icon, its word, and where it has one its state in words too.
import { Icon } from './icon.tsx';
import type { IconName } from './icons.ts';
import './room.css';

type ControlProps = {
  icon: IconName;
  word: string;
  /** On a phone. */
  short?: string;
  state?: string;
  label?: string;
  look?: 'plain' | 'on' | 'off' | 'leave' | 'alarm';
  pressed?: boolean;
  expanded?: boolean;
  badge?: number;
  badgeIcon?: IconName;
  /** What is counted, read before the word where there is no `label`. */
  badgeWord?: string;
  shortcut?: string;
  className?: string;
  onPress: (() => void) | undefined;
};

export function Control({
  icon,
  word,
  short,
  state,
  label,
  look = 'plain',
  pressed,
  expanded,
  badge,
  badgeIcon,
  badgeWord,
  shortcut,
  className = '',
  onPress,
}: ControlProps) {
  return (
    <button
      type="button"
      className={`control ${className}`}
      data-look={look}
      aria-pressed={pressed}
      aria-expanded={expanded}
      aria-keyshortcuts={shortcut}
      aria-label={label}
      aria-disabled={onPress === undefined}
      onClick={onPress}
    >
      <span className="control-icon">
        <Icon name={icon} />
        {badge !== undefined && (
          <span className="control-badge">
            {badgeIcon && <Icon name={badgeIcon} />}
            {badge}
            {badgeWord && <span className="for-readers"> {badgeWord} </span>}
          </span>
        )}
      </span>
      <span className={short ? 'control-word long' : 'control-word'}>{word}</span>
      {short && (
        <span className="control-word short" aria-hidden="true">
          {short}
        </span>
      )}
      {state && <span className="control-state">{state}</span>}
    </button>
  );
}
