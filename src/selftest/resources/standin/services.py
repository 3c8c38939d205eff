"""Services as a deployment has them: FastAPI on PostgreSQL, with the habits that were seen in real ones.

One service per process: SERVICE names it, DATABASE_URL its database. Nothing here is shared with the suite.
Habits: DEBUG and a development environment, placeholders, constants, a series of metrics for each path,
a log row for each search, a counted view for each read, archives in place of deletions, a slug for each product.
openapi/ has the document that each shows at /openapi.json. With OVERFLOW a pool that opens that many connections
beyond POOL at a burst and closes them as soon as they come back, as SQLAlchemy's does.
"""

import asyncio
import json
import os
import time
from contextlib import asynccontextmanager
from typing import Any, Optional

from fastapi import Depends, FastAPI, HTTPException, Query, Request, Response
from fastapi.responses import JSONResponse
from prometheus_client import REGISTRY, Counter, Histogram, generate_latest
from psycopg import AsyncConnection
from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool
from pydantic import BaseModel, Field

SERVICE = os.environ["SERVICE"]
TOKEN = os.environ.get("TOKEN", "")
NOT_YET = {"message": "Coming soon", "status": "not_implemented"}
SCHEMA = """
create table if not exists products (
  id serial primary key, sku text unique not null, slug text unique not null, model text, series text, category text not null, name text not null,
  description text, price double precision, is_active boolean default true, created_at timestamptz default now());
create table if not exists items (
  id serial primary key, title text not null, content text not null, summary text, type text not null, status text not null,
  product_id integer references products(id), tags jsonb not null, language text, source text, author text,
  view_count integer default 0, like_count integer default 0, created_at timestamptz default now());
create table if not exists searches (id serial primary key, query text, results integer, created_at timestamptz default now());
create index if not exists items_newest on items (created_at desc, id desc);
"""

POOL, OVERFLOW = int(os.environ.get("POOL", "30")), int(os.environ.get("OVERFLOW", "0"))
SESSION = {"row_factory": dict_row, "application_name": SERVICE + "-service"}


class OverflowingPool:
    """Keeps POOL connections; those beyond are opened when they are needed and closed after one use."""

    def __init__(self) -> None:
        self.idle: list[AsyncConnection] = []

    async def open(self, wait: bool) -> None:
        self.free = asyncio.Semaphore(POOL + OVERFLOW)

    async def close(self) -> None:
        for connection in self.idle:
            await connection.close()

    @asynccontextmanager
    async def connection(self):
        async with self.free:
            connection = (self.idle.pop() if self.idle
                          else await AsyncConnection.connect(os.environ["DATABASE_URL"], **SESSION))
            try:
                yield connection
                await connection.commit()
            except BaseException:
                await connection.close()
                raise
            if len(self.idle) < POOL:
                self.idle.append(connection)
            else:
                await connection.close()


pool = OverflowingPool() if OVERFLOW else AsyncConnectionPool(
    os.environ["DATABASE_URL"], min_size=min(2, POOL), max_size=POOL, open=False, kwargs=SESSION)
requests_total = Counter(SERVICE + "_service_requests", "requests", ["method", "endpoint", "status"])
durations = Histogram(SERVICE + "_service_request_duration_seconds", "time", ["method", "endpoint"])


@asynccontextmanager
async def lifespan(_: FastAPI):
    await pool.open(wait=True)
    if SERVICE == "knowledge":
        async with pool.connection() as connection:
            await connection.execute("select pg_advisory_xact_lock(1)")
            await connection.execute(SCHEMA)
    yield
    await pool.close()


app = FastAPI(title=SERVICE, lifespan=lifespan)


@app.middleware("http")
async def timed(request: Request, call_next):
    start = time.perf_counter()
    authorized = not TOKEN or request.headers.get("authorization") == "Bearer " + TOKEN
    if request.url.path.startswith("/api/") and not authorized:
        response = JSONResponse({"detail": "Not authenticated"}, status_code=401)
    else:
        response = await call_next(request)
    took = time.perf_counter() - start
    response.headers["X-Process-Time"] = f"{took:.6f}"
    requests_total.labels(request.method, request.url.path, response.status_code).inc()
    durations.labels(request.method, request.url.path).observe(took)
    return response


@app.exception_handler(Exception)
async def unhandled(request: Request, error: Exception):
    return JSONResponse({"error": "Internal Server Error", "message": str(error), "path": request.url.path}, status_code=500)


async def rows(sql: str, *values: Any) -> list[dict]:
    async with pool.connection() as connection:
        cursor = await connection.execute(sql, values)
        return await cursor.fetchall() if cursor.description else []


@app.get("/health")
async def health():
    return {"status": "healthy", "service": SERVICE + "-service", "version": "v1", "timestamp": time.time()}


@app.get("/ready")
async def ready():
    await rows("select 1")
    return {"status": "ready", "service": SERVICE + "-service", "checks": {"database": "ok"}}


@app.get("/metrics")
async def metrics():
    return Response(generate_latest(REGISTRY), media_type="text/plain")


@app.get("/")
async def about():
    return {"service": SERVICE + "-service", "version": "v1", "environment": "development", "debug": True}


class Item(BaseModel):
    title: str = Field(max_length=500)
    content: str
    summary: Optional[str] = None
    type: str = Field(pattern="^(faq|guide|tutorial|review|spec|comparison|troubleshooting)$")
    status: str = "draft"
    product_id: Optional[int] = None
    tags: list[str] = []
    language: str = "en"
    source: Optional[str] = None
    author: Optional[str] = None


class Batch(BaseModel):
    items: list[Item] = Field(max_length=100)


class Search(BaseModel):
    query: str = Field(min_length=1, max_length=500)
    search_type: str = Field("keyword", pattern="^(semantic|keyword|hybrid)$")
    top_k: int = Field(10, ge=1, le=100)
    filters: Optional[dict] = None
    rerank: bool = True


class Product(BaseModel):
    sku: str
    slug: str
    name: str
    category: str
    model: Optional[str] = None
    series: Optional[str] = None
    description: Optional[str] = None
    price: float = 0
    is_active: bool = True


def shown(row: dict) -> dict:
    return row | {"quality_score": 80.0, "readability_score": 70.0, "seo_score": 60.0, "share_count": 0,
                  "embedding_id": None, "vector_dimension": 384, "created_at": row["created_at"].isoformat()}


def paged(items: list, total: int, page: int, page_size: int) -> dict:
    return {"items": items, "total": total, "page": page, "page_size": page_size, "total_pages": -(-total // page_size)}


async def create_item(item: Item) -> dict:
    if item.product_id is not None and not await rows("select 1 from products where id = %s", item.product_id):
        raise HTTPException(404, f"Product with ID {item.product_id} not found")
    made = await rows(
        "insert into items (title, content, summary, type, status, product_id, tags, language, source, author)"
        " values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) returning *",
        item.title, item.content, item.summary, item.type, item.status, item.product_id, json.dumps(item.tags),
        item.language, item.source, item.author)
    return shown(made[0])


async def page_of(page: int = Query(1, ge=1), page_size: int = Query(20, ge=1, le=100)):
    return page, page_size


def knowledge() -> None:
    @app.get("/api/v1/knowledge/")
    async def list_items(paging=Depends(page_of), tags: list[str] = Query([]), status: list[str] = Query([])):
        page, page_size = paging
        where, values = "true", []
        if tags:
            where, values = where + " and tags ?| %s", values + [tags]
        if status:
            where, values = where + " and status = any(%s)", values + [status]
        total = (await rows(f"select count(*) as n from items where {where}", *values))[0]["n"]
        found = await rows(f"select * from items where {where} order by created_at desc, id desc limit %s offset %s",
                           *values, page_size, (page - 1) * page_size)
        return paged([shown(row) for row in found], total, page, page_size)

    @app.get("/api/v1/knowledge/{item_id}")
    async def get_item(item_id: int, increment_view: bool = True):
        found = (await rows("update items set view_count = view_count + 1 where id = %s returning *", item_id)
                 if increment_view else await rows("select * from items where id = %s", item_id))
        if not found:
            raise HTTPException(404, f"Knowledge item with ID {item_id} not found")
        return shown(found[0])

    @app.post("/api/v1/knowledge/", status_code=201)
    async def create(item: Item):
        return await create_item(item)

    @app.post("/api/v1/knowledge/batch")
    async def batch(batch: Batch):
        for item in batch.items:
            await create_item(item)
        return {"success_count": len(batch.items), "failure_count": 0, "errors": []}

    @app.delete("/api/v1/knowledge/{item_id}", status_code=204)
    async def delete(item_id: int):
        await rows("update items set status = 'archived' where id = %s", item_id)

    @app.post("/api/v1/search/")
    async def search(search: Search):
        start, like = time.perf_counter(), f"%{search.query}%"
        found = await rows("select * from items where title ilike %s or content ilike %s order by view_count desc limit %s",
                           like, like, search.top_k)
        await rows("insert into searches (query, results) values (%s, %s)", search.query, len(found))
        results = [{"knowledge_id": row["id"], "title": row["title"], "summary": row["summary"], "type": row["type"],
                    "score": 1.0, "highlights": [], "product_id": row["product_id"], "tags": row["tags"]} for row in found]
        return {"query": search.query, "total_results": len(results),
                "search_time_ms": (time.perf_counter() - start) * 1000, "results": results}

    @app.get("/api/v1/stats/")
    async def stats():
        by_type = await rows("select type, count(*) as n from items group by type")
        total = sum(row["n"] for row in by_type)
        return {"total_items": total, "published_items": total, "draft_items": 0, "avg_quality_score": 80.0,
                "total_views": 0, "total_likes": 0, "items_by_type": {row["type"]: row["n"] for row in by_type},
                "items_by_language": {"en": total}}

    @app.get("/api/v1/products/")
    async def list_products(paging=Depends(page_of), category: Optional[str] = None):
        page, page_size = paging
        where, values = ("category = %s", [category]) if category else ("true", [])
        total = (await rows(f"select count(*) as n from products where {where}", *values))[0]["n"]
        found = await rows(f"select * from products where {where} order by id limit %s offset %s",
                           *values, page_size, (page - 1) * page_size)
        return paged(found, total, page, page_size)

    @app.get("/api/v1/products/{product_id}")
    async def get_product(product_id: int):
        found = await rows("select * from products where id = %s", product_id)
        if not found:
            raise HTTPException(404, f"Product with ID {product_id} not found")
        return found[0]

    @app.post("/api/v1/products/", status_code=201)
    async def create_product(p: Product):
        return (await rows("insert into products (sku, slug, model, series, category, name, description, price, is_active)"
                           " values (%s, %s, %s, %s, %s, %s, %s, %s, %s) returning *",
                           p.sku, p.slug, p.model, p.series, p.category, p.name, p.description, p.price, p.is_active))[0]


def constant(method: str, path: str, answer: dict) -> None:
    async def endpoint():
        return answer
    app.add_api_route(path, endpoint, methods=[method], name=path)


CONSTANTS = {
    "content": [("GET", "/api/v1/content/templates", {"templates": [{"id": "blog", "name": "Blog Post", "description": "A post"}]}),
                ("GET", "/api/v1/content/history", {"history": [], "total": 0}),
                ("POST", "/api/v1/content/generate", NOT_YET)],
    "support": [("GET", "/api/v1/support/conversations", {"conversations": [], "total": 0}),
                ("GET", "/api/v1/support/tickets", {"tickets": [], "total": 0}),
                ("POST", "/api/v1/support/chat", NOT_YET)],
    "analytics": [("GET", "/api/v1/analytics/overview", {"total_users": 0, "content_views": 0, "chat_sessions": 0,
                                                         "avg_engagement": 0, "period": "30d"}),
                  ("GET", "/api/v1/analytics/users", {"active_users": 0, "new_users": 0, "returning_users": 0, "churn_rate": 0}),
                  ("GET", "/api/v1/analytics/content", {"total_content": 0, "views_today": 0, "most_viewed": []}),
                  ("GET", "/api/v1/analytics/search", {"total_searches": 0, "avg_results": 0, "top_queries": []})],
    "auth": [("POST", "/api/v1/auth/login", NOT_YET), ("POST", "/api/v1/auth/register", NOT_YET),
             ("POST", "/api/v1/auth/refresh", NOT_YET), ("POST", "/api/v1/auth/verify", NOT_YET),
             ("GET", "/api/v1/users/me", {"user": {"id": 1, "email": "user@example.com", "role": "user"}})],
}

if SERVICE == "knowledge":
    knowledge()
else:
    for method_, path_, answer_ in CONSTANTS[SERVICE]:
        constant(method_, path_, answer_)
