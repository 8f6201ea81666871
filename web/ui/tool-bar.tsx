// Icons above a text that somebody writes: each named, some of them on.
import type { ReactNode } from 'react';

export type Tool = { name: string; icon: ReactNode; pressed?: boolean; act: () => void };

export function ToolBar({ label, className, tools }: { label: string; className: string; tools: readonly Tool[] }) {
  return (
    <div className={className} role="toolbar" aria-label={label}>
      {tools.map(({ name, icon, pressed, act }) => (
        <button
          key={name}
          type="button"
          className="btn btn-quiet btn-icon"
          aria-label={name}
          title={name}
          aria-pressed={pressed}
          // The caret stays where it is.
          onMouseDown={(event) => event.preventDefault()}
          onClick={act}
        >
          {icon}
        </button>
      ))}
    </div>
  );
}
