# The same calls and checks as Qps10k, for Locust: each user calls at a constant pace.
import json
import os
import random

from locust import FastHttpUser, constant_throughput, task

with open(os.environ["PLAN"]) as file:
    SERVICES = json.load(file)["services"].values()
CALLS = []
RATES = []
for service in SERVICES:
    with open(service["calls"]) as file:
        CALLS.append(json.load(file))
    RATES.append(service["rate"])


class User(FastHttpUser):
    host = "http://127.0.0.1"
    wait_time = constant_throughput(float(os.environ["PACE"]))

    @task
    def call(self):
        one = random.choice(random.choices(CALLS, RATES)[0])
        with self.client.request(
            one["method"], one["url"], data=one["body"], name=one["name"],
            headers={"Content-Type": "application/json"}, catch_response=True,
        ) as answer:
            text = answer.text or ""
            if answer.status_code != one["status"]:
                answer.failure(f"{answer.status_code} in place of {one['status']}")
            elif not all(piece in text for piece in one["contains"]):
                answer.failure("not the right content")
            else:
                answer.success()
