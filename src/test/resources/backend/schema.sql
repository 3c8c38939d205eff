-- The tables of the embedded backend in PostgreSQL, as the real services have them.
CREATE EXTENSION IF NOT EXISTS pg_stat_statements;

CREATE TABLE products (
  id serial PRIMARY KEY, sku text, model text, series text, category text, name text, description text,
  price numeric(10, 2), is_active boolean DEFAULT true,
  created_at timestamptz DEFAULT now(), updated_at timestamptz DEFAULT now()
);
CREATE INDEX products_category ON products (category);

CREATE TABLE knowledge_items (
  id serial PRIMARY KEY, title text NOT NULL, content text NOT NULL, summary text, type text, status text,
  product_id int REFERENCES products, tags text[], language text, source text, author text,
  quality_score numeric(5, 1), view_count bigint DEFAULT 0, like_count bigint DEFAULT 0,
  created_at timestamptz DEFAULT now(), updated_at timestamptz DEFAULT now()
) WITH (fillfactor = 80);
CREATE INDEX knowledge_items_newest ON knowledge_items (created_at DESC, id DESC);
CREATE INDEX knowledge_items_tags ON knowledge_items USING gin (tags);

CREATE TABLE search_logs (id bigserial PRIMARY KEY, query text, results int, at timestamptz DEFAULT now());

CREATE TABLE conversations (id serial PRIMARY KEY, user_name text, topic text, messages int, started_at text);
CREATE TABLE tickets (id serial PRIMARY KEY, subject text, status text, priority text, created_at text);

CREATE TABLE users (id serial PRIMARY KEY, email text UNIQUE, registered boolean DEFAULT false, logins int DEFAULT 0);

-- As the services log in, and as the monitoring does: it may look, and nothing else.
CREATE ROLE kcp LOGIN;
CREATE ROLE kcp_monitor LOGIN IN ROLE pg_monitor;
GRANT ALL ON ALL TABLES IN SCHEMA public TO kcp;
GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO kcp;
